// SPDX-License-Identifier: Apache-2.0
/** Content hosts to which servers redirect: working ones, and ones that fail. */
@NullMarked
package org.hgwire.conformance.content;

import org.jspecify.annotations.NullMarked;

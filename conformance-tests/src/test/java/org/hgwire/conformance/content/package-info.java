// SPDX-License-Identifier: Apache-2.0
/** Hosts of content to which servers redirect: sound ones, and ones that fail. */
@NullMarked
package org.hgwire.conformance.content;

import org.jspecify.annotations.NullMarked;

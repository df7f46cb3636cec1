// SPDX-License-Identifier: Apache-2.0
/** Tests of the scripted server. */
@NullMarked
package org.hgwire.conformance.scripted;

import org.jspecify.annotations.NullMarked;

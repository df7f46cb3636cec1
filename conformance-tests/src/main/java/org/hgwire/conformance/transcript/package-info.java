// SPDX-License-Identifier: Apache-2.0
/** Recorded exchanges between two peers, in a text that people can read and machines replay. */
@NullMarked
package org.hgwire.conformance.transcript;

import org.jspecify.annotations.NullMarked;

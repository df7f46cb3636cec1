// SPDX-License-Identifier: Apache-2.0
/** Recorded exchanges between two peers, as text that can be read and replayed. */
@NullMarked
package org.hgwire.conformance.transcript;

import org.jspecify.annotations.NullMarked;

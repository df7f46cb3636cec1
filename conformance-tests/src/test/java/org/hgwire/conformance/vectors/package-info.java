// SPDX-License-Identifier: Apache-2.0
/** Renders the files of test vectors, and checks the decoders against them. */
@NullMarked
package org.hgwire.conformance.vectors;

import org.jspecify.annotations.NullMarked;

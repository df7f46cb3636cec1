// SPDX-License-Identifier: Apache-2.0
/** Test vectors for implementations in any language: inputs and what must come out of them. */
@NullMarked
package org.hgwire.conformance.vectors;

import org.jspecify.annotations.NullMarked;

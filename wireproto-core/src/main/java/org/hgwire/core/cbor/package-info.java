// SPDX-License-Identifier: Apache-2.0
/**
 * Mercurial's subset of CBOR ({@code hg help internals.cbor}): values, an incremental decoder, a
 * deterministic encoder, and the diagnostic notation.
 */
@NullMarked
package org.hgwire.core.cbor;

import org.jspecify.annotations.NullMarked;

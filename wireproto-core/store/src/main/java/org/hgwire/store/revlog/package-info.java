// SPDX-License-Identifier: Apache-2.0
/**
 * Revlogs ({@code hg help internals.revlogs}): an index of revisions, and their texts as chains of
 * deltas.
 */
@NullMarked
package org.hgwire.store.revlog;

import org.jspecify.annotations.NullMarked;

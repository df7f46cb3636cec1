// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import org.jspecify.annotations.Nullable;

/**
 * An index that was read.
 *
 * @param incompleteBytes the length of what follows the last entry and is none, or an entry without
 *     its whole chunk
 * @param inlineData what the chunks are in if they are between the entries, else null
 */
record OpenedIndex(RevisionIndex index, long incompleteBytes, @Nullable RevlogData inlineData) {}

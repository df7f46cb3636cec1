// SPDX-License-Identifier: Apache-2.0
/**
 * The content of revisions ({@code hg help internals.revlogs}, {@code internals.changegroups}).
 *
 * <p>Begin with {@link org.hgwire.core.revision.NodeHasher}, the hash that names a revision, then
 * the texts: {@link org.hgwire.core.revision.ChangesetText}, {@link
 * org.hgwire.core.revision.ManifestText} and {@link org.hgwire.core.revision.FileText}. {@link
 * org.hgwire.core.revision.Delta} applies and computes differences between two texts.
 */
@NullMarked
package org.hgwire.core.revision;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * Reads the stored texts of changesets and manifests, line by line, without holding them. Not
 * exported: the default methods of the repository contract and the standard commands use it.
 *
 * <p>{@link org.hgwire.server.repository.text.ChangesetReader} reads the head of a changeset,
 * {@link org.hgwire.server.repository.text.ManifestReader} the entries of a manifest. Both take a
 * stream and know nothing of where it comes from.
 */
@NullMarked
package org.hgwire.server.repository.text;

import org.jspecify.annotations.NullMarked;

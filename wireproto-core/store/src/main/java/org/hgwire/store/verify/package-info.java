// SPDX-License-Identifier: Apache-2.0
/**
 * Checks that a repository on disk is whole, as {@code hg verify} does: {@link
 * org.hgwire.store.verify.RepositoryVerification}.
 *
 * <pre>
 * changelog → ChangesetCheck → manifest of each changeset, files that each lists ─┐
 * manifests → ManifestCheck → revisions of files that manifests have ─────────────┴→ ExpectedFiles
 * file logs → FileCheck ← ExpectedFiles
 * </pre>
 *
 * <p>Each text is made once and hashed. What a manifest adds is in the lines that its stored delta
 * writes, so the others are not read again.
 */
@NullMarked
package org.hgwire.store.verify;

import org.jspecify.annotations.NullMarked;

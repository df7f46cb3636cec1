// SPDX-License-Identifier: Apache-2.0
/**
 * What is inside of revisions: the hash that names one, the texts of changesets, manifests and
 * files, and deltas between texts ({@code hg help internals.revlogs}, {@code
 * internals.changegroups}).
 */
@NullMarked
package org.hgwire.core.revision;

import org.jspecify.annotations.NullMarked;

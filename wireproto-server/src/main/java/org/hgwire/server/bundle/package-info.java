// SPDX-License-Identifier: Apache-2.0
/**
 * Bundles of a repository's changesets, made as they are read: the response to {@code getbundle},
 * and bundle files.
 */
@NullMarked
package org.hgwire.server.bundle;

import org.jspecify.annotations.NullMarked;

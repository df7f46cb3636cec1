// SPDX-License-Identifier: Apache-2.0
/**
 * The names and keys of a repository that may be served: bookmarks, and what {@code listkeys}
 * lists. Not exported: commands and bundles use it.
 */
@NullMarked
package org.hgwire.server.repository.keys;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * Repositories on disk, as Mercurial keeps them: where the files are, what they are named, and what
 * those that are no revlogs say. Reads only, and locks nothing.
 */
@NullMarked
package org.hgwire.store;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** Repositories on disk, served: the contract of a repository over {@link org.hgwire.store}. */
@NullMarked
package org.hgwire.server.store;

import org.jspecify.annotations.NullMarked;

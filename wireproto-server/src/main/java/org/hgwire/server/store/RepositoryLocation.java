// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a repository lies.
 *
 * @param directory the directory that has the {@code .hg}, without symbolic links
 * @param identity what the file system knows its {@code .hg} by, such as the inode: a repository
 *     that is moved to the place of another is another one; null if that is not checked
 * @param sources the repositories that it may be a share of
 */
record RepositoryLocation(Path directory, @Nullable Object identity, ShareSources sources) {}

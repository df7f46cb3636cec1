// SPDX-License-Identifier: Apache-2.0
/**
 * The commands that the protocol defines, over the repository contract. Not exported.
 *
 * <p>Begin with {@link org.hgwire.server.command.standard.StandardCommands}, the only type that
 * others use: it makes all definitions. A command is a {@code ShortCommand} if its response is one
 * value, and a {@code StreamedCommand} if the response is produced while it is read.
 *
 * <p>Each call opens a {@code RequestView}: a snapshot of the repository and its graph of
 * changesets, which knows what may be served. {@code RequestedFiles} and {@code RevisionSelection}
 * resolve what a request names to revisions that may be served; {@code ChangesetSource}, {@code
 * FilesSource} and {@code RevisionSource} produce the objects, the last two with a {@code
 * RevisionSeries} that chooses between text and delta. A source closes its view.
 */
@NullMarked
package org.hgwire.server.command.standard;

import org.jspecify.annotations.NullMarked;

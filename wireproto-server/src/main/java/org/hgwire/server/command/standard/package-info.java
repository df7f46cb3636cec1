// SPDX-License-Identifier: Apache-2.0
/**
 * The commands that the protocol defines, over the repository contract. Not exported.
 *
 * <p>Begin with {@link org.hgwire.server.command.standard.StandardCommands}, the only type that
 * others use: it makes all definitions. A command is a {@code PreparedCommand}, and a {@code
 * ShortCommand} if its response is one value.
 *
 * <p>Each call opens a snapshot of the repository. Whatever visits more than one changeset, file or
 * entry of a manifest is {@link org.hgwire.server.repository.work.Work}, which {@code
 * PreparedSource} does in turns of a few thousand steps; {@link
 * org.hgwire.server.repository.work.Steps} counts them for the whole call. First the graph of
 * changesets is made, which knows what may be served; with it the call has a {@code RequestView}.
 * {@code RequestedChangesets}, {@code RequestedFiles} and {@code RevisionSelection} resolve what a
 * request names to revisions that may be served; {@code ChangesetSource}, {@code FilesSource} and
 * {@code RevisionSource} produce the objects, the last two with a {@code RevisionSeries} that
 * chooses between text and delta.
 */
@NullMarked
package org.hgwire.server.command.standard;

import org.jspecify.annotations.NullMarked;

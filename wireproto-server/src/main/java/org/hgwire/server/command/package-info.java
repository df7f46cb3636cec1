// SPDX-License-Identifier: Apache-2.0
/**
 * The contract of commands: what a host implements to add its own, and to decide what the standard
 * ones offer.
 *
 * <p>Begin with {@link org.hgwire.server.command.CommandDefinition}, which declares a command and
 * names its work: a {@link org.hgwire.server.command.Command}, or a {@link
 * org.hgwire.server.command.DataCommand} if it accepts data.
 *
 * <p>The work gets a {@link org.hgwire.server.command.CommandCall} (the {@link
 * org.hgwire.server.command.Caller}, the repository and the checked arguments) and returns an
 * {@link org.hgwire.server.command.ObjectSource} of {@link
 * org.hgwire.server.command.ResponseObject}s, which is advanced only as fast as the client reads.
 * {@link org.hgwire.server.command.ObjectSources} has sources for short responses; a {@link
 * org.hgwire.server.command.CommandException} is an error whose message the client gets. Data is
 * pushed into a {@link org.hgwire.server.command.CommandDataReceiver}, at its pace.
 *
 * <p>The standard commands are adjusted with {@link org.hgwire.server.command.CommandSettings},
 * {@link org.hgwire.server.command.PushkeyGuard}, {@link
 * org.hgwire.server.command.RedirectAdvertiser} and {@link
 * org.hgwire.server.command.CloneBundleSource}.
 */
@NullMarked
package org.hgwire.server.command;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import org.hgwire.server.command.Caller;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.Repository;

/**
 * The question that {@link AccessControl} decides: may a caller run a command?
 *
 * @param caller the caller
 * @param repository the repository, as the resolver found it
 * @param permission the permission that the command needs, or that the URL of the request grants
 * @param command the name of the command: {@code capabilities} for the handshake, {@code
 *     multirequest} for a URL that accepts several commands (each of which is decided separately),
 *     and before a command is looked up whatever the client sent
 */
public record AccessRequest(
    Caller caller, Repository repository, Permission permission, String command) {}

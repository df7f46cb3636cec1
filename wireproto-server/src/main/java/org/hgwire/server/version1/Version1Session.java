// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.version1;

import org.hgwire.server.Authorization;
import org.hgwire.server.CommandAccess;
import org.hgwire.server.CommandScope;
import org.hgwire.server.RequestEvents;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.Caller;
import org.hgwire.server.repository.Repository;

/**
 * One request of a client: what its commands may do, and who is told of them.
 *
 * @param authorization what the caller may do, and in which repository
 * @param access the commands that the caller may run
 * @param protocol what the client can read
 * @param events reports commands to the listener
 */
public record Version1Session(
    Authorization authorization,
    CommandAccess access,
    ClientProtocol protocol,
    RequestEvents events) {
  /**
   * Makes the session of a request.
   *
   * @param scope the permission that the request grants
   */
  public static Version1Session of(
      ServerOptions options,
      Authorization authorization,
      CommandScope scope,
      ClientProtocol protocol,
      RequestEvents events) {
    return new Version1Session(
        authorization,
        new CommandAccess(options.registry(), authorization, scope),
        protocol,
        events);
  }

  Caller caller() {
    return authorization.caller();
  }

  Repository repository() {
    return authorization.repository();
  }
}

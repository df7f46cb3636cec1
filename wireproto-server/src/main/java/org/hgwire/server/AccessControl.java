// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import org.hgwire.server.command.Caller;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.Repository;

/**
 * Says who may do what. Called by several threads at once, never by one that must not block; at
 * most once a permission for each HTTP request.
 */
@FunctionalInterface
public interface AccessControl {
  /**
   * Says whether {@code caller} has {@code permission} on {@code repository}.
   *
   * @throws IOException if that cannot be found out; the caller is then told that the server failed
   */
  AccessDecision decide(Caller caller, Repository repository, Permission permission)
      throws IOException;

  /** Returns the access control that lets anybody pull and nobody push. */
  static AccessControl pullOnly() {
    return (caller, repository, permission) ->
        permission == Permission.PULL ? AccessDecision.allowed() : AccessDecision.refused();
  }

  /** Returns the access control that lets anybody do anything. */
  static AccessControl open() {
    return (caller, repository, permission) -> AccessDecision.allowed();
  }
}

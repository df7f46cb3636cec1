// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.hgwire.server.command.Caller;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.Repository;

/**
 * What one caller may do in one repository, for the time of one HTTP request: each permission is
 * asked for at most once.
 *
 * <p>Not safe for use by several threads.
 */
public final class Authorization {
  private final AccessControl accessControl;
  private final Caller caller;
  private final Repository repository;
  private final Map<Permission, AccessDecision> decisions = new EnumMap<>(Permission.class);

  /** Makes the authorization of {@code caller} in {@code repository}. */
  public Authorization(AccessControl accessControl, Caller caller, Repository repository) {
    this.accessControl = accessControl;
    this.caller = caller;
    this.repository = repository;
  }

  /** Returns the caller. */
  public Caller caller() {
    return caller;
  }

  /** Returns the repository. */
  public Repository repository() {
    return repository;
  }

  /**
   * Returns whether the caller has {@code permission}.
   *
   * @throws IOException if that cannot be found out
   */
  public AccessDecision decide(Permission permission) throws IOException {
    AccessDecision decision = decisions.get(permission);
    if (decision == null) {
      decision = accessControl.decide(caller, repository, permission);
      decisions.put(permission, decision);
    }
    return decision;
  }
}

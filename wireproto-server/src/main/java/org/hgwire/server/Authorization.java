// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.hgwire.server.command.Caller;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.Repository;

/**
 * What one caller may do in one repository during one HTTP request: each permission is decided at
 * most once per command.
 *
 * <p>Not safe for use by several threads.
 */
public final class Authorization {
  private final AccessControl accessControl;
  private final Caller caller;
  private final Repository repository;
  private final Map<Question, AccessDecision> decisions = new HashMap<>();

  private record Question(Permission permission, String command) {}

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
   * Decides whether the caller has {@code permission} for {@code command}.
   *
   * @throws IOException if the decision cannot be made
   */
  public AccessDecision decide(Permission permission, String command) throws IOException {
    Question question = new Question(permission, command);
    AccessDecision decision = decisions.get(question);
    if (decision == null) {
      decision = accessControl.decide(new AccessRequest(caller, repository, permission, command));
      decisions.put(question, decision);
    }
    return decision;
  }
}

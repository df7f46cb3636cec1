// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import org.hgwire.server.command.Permission;

/**
 * Decides who may do what. Called by several threads at once, never by one that must not block; at
 * most once for each permission and command of an HTTP request.
 *
 * <p>An HTTP request is decided twice if its URL grants more than its command needs: first the
 * permission of the URL ({@code ro}: pull, {@code rw}: push), then that of the command.
 */
@FunctionalInterface
public interface AccessControl {
  /**
   * Decides one request.
   *
   * @throws IOException if the decision cannot be made; the caller gets a server error
   */
  AccessDecision decide(AccessRequest request) throws IOException;

  /** Returns the access control that lets everybody pull and nobody push. */
  static AccessControl pullOnly() {
    return request ->
        request.permission() == Permission.PULL
            ? AccessDecision.allowed()
            : AccessDecision.refused();
  }

  /** Returns the access control that lets everybody do everything. */
  static AccessControl open() {
    return request -> AccessDecision.allowed();
  }
}

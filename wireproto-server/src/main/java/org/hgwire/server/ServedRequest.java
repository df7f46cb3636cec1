// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import org.hgwire.server.command.Caller;

/**
 * A request, as a {@link ServerListener} sees it.
 *
 * @param id the number of the request, unique in the process
 * @param method the HTTP method, as the client sent it
 * @param path the path of the URL as the client sent it, percent-encoded, without the query
 * @param caller the caller; its path is empty until a repository is looked up, and then that of the
 *     repository
 */
public record ServedRequest(long id, String method, String path, Caller caller) {
  ServedRequest withCaller(Caller other) {
    return new ServedRequest(id, method, path, other);
  }
}

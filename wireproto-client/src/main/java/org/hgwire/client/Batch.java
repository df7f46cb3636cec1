// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.message.CommandRequest;

/**
 * Several commands in one HTTP request, a multirequest. Commands are added, then all are sent, then
 * their responses are read: in any order, see {@link CommandResponse}.
 *
 * <p>Adding and sending are for one thread.
 */
public final class Batch {
  Batch() {}

  /** Adds any command; the response can be read once the batch is sent. */
  public CommandResponse call(CommandRequest request) {
    throw new UnsupportedOperationException();
  }

  /** Adds {@code heads}. */
  public Reply<List<Node>> heads() {
    throw new UnsupportedOperationException();
  }

  /** Adds {@code known}: for each node whether the server knows it. */
  public Reply<List<Boolean>> known(List<Node> nodes) {
    throw new UnsupportedOperationException();
  }

  /** Adds {@code branchmap}: the heads of each named branch. */
  public Reply<Map<ByteString, List<Node>>> branchmap() {
    throw new UnsupportedOperationException();
  }

  /** Adds {@code listkeys}: the keys and values of a pushkey namespace. */
  public Reply<Map<ByteString, ByteString>> listkeys(String namespace) {
    throw new UnsupportedOperationException();
  }

  /** Adds {@code lookup}: the node that a name or a part of a node stands for. */
  public Reply<Node> lookup(ByteString key) {
    throw new UnsupportedOperationException();
  }

  /**
   * Sends all commands and waits for the head of the HTTP response.
   *
   * @throws PeerException if there is none; every response and reply then fails with the same
   * @throws IllegalStateException if the batch is empty or was sent before
   */
  public void send() throws PeerException {
    throw new UnsupportedOperationException();
  }
}

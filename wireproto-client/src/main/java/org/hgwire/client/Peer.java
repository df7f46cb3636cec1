// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.command.Node;
import org.hgwire.core.message.CommandRequest;

/**
 * A repository on a server that speaks wire protocol v2 over HTTP.
 *
 * <p>Every command is one HTTP exchange; the calling thread does its I/O. Safe for use by several
 * threads.
 */
public final class Peer implements AutoCloseable {
  private Peer() {}

  /**
   * Connects: asks the server what it speaks and what it can do.
   *
   * @param url the address of the repository, http or https; user info becomes {@link Credentials}
   * @throws IllegalArgumentException if {@code url} is not such an address
   * @throws HandshakeException if no repository that speaks wire protocol v2 is there
   * @throws PeerException if there is no sound answer
   */
  public static Peer connect(URI url, PeerOptions options) throws PeerException {
    throw new UnsupportedOperationException();
  }

  /**
   * Connects with the default options.
   *
   * @throws IllegalArgumentException if {@code url} is not an address
   */
  public static Peer connect(String url) throws PeerException {
    return connect(URI.create(url), PeerOptions.defaults());
  }

  /** Returns the address of the repository, without user info. */
  public URI url() {
    throw new UnsupportedOperationException();
  }

  /** Returns the descriptor of the API as the handshake gave it: commands, media types, … */
  public CborMap descriptor() {
    throw new UnsupportedOperationException();
  }

  /**
   * Runs any command. One that the descriptor declares with permission {@code push} is sent as a
   * write and never tried again.
   */
  public CommandResponse call(CommandRequest request) throws PeerException {
    throw new UnsupportedOperationException();
  }

  /** Returns a batch of commands, still empty. */
  public Batch batch() {
    throw new UnsupportedOperationException();
  }

  /** Runs {@code heads}: the heads of what the server shows. */
  public List<Node> heads() throws PeerException {
    throw new UnsupportedOperationException();
  }

  /** Runs {@code known}: for each node whether the server knows it. */
  public List<Boolean> known(List<Node> nodes) throws PeerException {
    throw new UnsupportedOperationException();
  }

  /** Runs {@code branchmap}: the heads of each named branch. */
  public Map<ByteString, List<Node>> branchmap() throws PeerException {
    throw new UnsupportedOperationException();
  }

  /** Runs {@code listkeys}: the keys and values of a pushkey namespace. */
  public Map<ByteString, ByteString> listkeys(String namespace) throws PeerException {
    throw new UnsupportedOperationException();
  }

  /** Runs {@code lookup}: the node that a name or a part of a node stands for. */
  public Node lookup(ByteString key) throws PeerException {
    throw new UnsupportedOperationException();
  }

  /** Runs {@code pushkey}; never tried again. Returns whether the server made the change. */
  public boolean pushkey(ByteString namespace, ByteString key, ByteString old, ByteString value)
      throws PeerException {
    throw new UnsupportedOperationException();
  }

  /** Closes the connections. Exchanges that still run fail. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}

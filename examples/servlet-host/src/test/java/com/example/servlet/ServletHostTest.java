// SPDX-License-Identifier: Apache-2.0
package com.example.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import org.eclipse.jetty.server.Server;
import org.hgwire.client.AuthenticationRequiredException;
import org.hgwire.client.Credentials;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerException;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ServletHostTest {
  private Server jetty;
  private URI url;

  @BeforeEach
  void start() throws Exception {
    jetty = ServletHost.start(0);
    url = jetty.getURI().resolve("/hg/tides");
  }

  @AfterEach
  void stop() throws Exception {
    jetty.stop();
  }

  @Test
  void userPulls() throws IOException {
    try (Peer peer = connect("bob", "hidden");
        PullSink sink = TemporaryRepositorySink.open()) {
      assertEquals(1, Pull.run(peer, sink).changesets());
    }
  }

  @Test
  void callerWithoutCredentialsIsRefused() {
    assertThrows(
        AuthenticationRequiredException.class,
        () -> Peer.connect(url, PeerOptions.defaults()).close());
  }

  @Test
  void wrongPasswordIsRefused() {
    assertThrows(PeerException.class, () -> connect("bob", "guess").close());
  }

  @Test
  void onlyAlicePushes() throws IOException {
    assertTrue(setBookmark("alice", "secret"));
    assertFalse(setBookmark("bob", "hidden"));
  }

  private boolean setBookmark(String user, String password) throws IOException {
    try (Peer peer = connect(user, password)) {
      return peer.pushkey("bookmarks", "of-" + user, "", peer.heads().get(0).hex());
    } catch (PeerException refused) {
      return false;
    }
  }

  private Peer connect(String user, String password) throws IOException {
    return Peer.connect(
        url, PeerOptions.builder().credentials(new Credentials(user, password)).build());
  }
}

// SPDX-License-Identifier: Apache-2.0
package com.example.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.command.BookmarkCommand.Location;
import java.io.IOException;
import org.hgwire.client.CommandResponse;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerException;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.command.Node;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.server.netty.HgWireServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BookmarkCommandTest {
  private HgWireServer server;
  private Peer peer;

  @BeforeEach
  void start() throws IOException {
    server = BookmarkServer.start(0);
    peer = Peer.connect("http://127.0.0.1:" + server.port() + "/");
  }

  @AfterEach
  void stop() throws IOException {
    peer.close();
    server.close();
  }

  @Test
  void locatesABookmark() throws IOException {
    Location location = BookmarkClient.locate(peer, "stable");
    assertTrue(location.exists());
    assertEquals(peer.heads().get(0), location.node());
    assertEquals(1, location.changesetsInRepository());
  }

  @Test
  void saysThatABookmarkDoesNotExist() throws IOException {
    Location location = BookmarkClient.locate(peer, "none");
    assertFalse(location.exists());
    assertEquals(Node.NULL, location.node());
  }

  @Test
  void serverRefusesACallWithoutItsArgument() throws IOException {
    try (CommandResponse response =
        peer.call(CommandRequest.of(BookmarkCommand.NAME, CborMap.empty()))) {
      assertThrows(PeerException.class, response::nextValue);
    }
  }
}

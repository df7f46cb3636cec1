// SPDX-License-Identifier: Apache-2.0
package com.example.command;

import com.example.command.BookmarkCommand.Location;
import com.example.command.BookmarkCommand.Question;
import java.io.IOException;
import org.hgwire.client.CommandResponse;
import org.hgwire.client.Peer;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.message.CommandRequest;

/** Calls the command. */
public final class BookmarkClient {
  private BookmarkClient() {}

  /** Returns where a bookmark is. */
  public static Location locate(Peer peer, String bookmark) throws IOException {
    CborMap arguments = (CborMap) BookmarkCommand.BRIDGE.toCbor(new Question(bookmark));
    try (CommandResponse response = peer.call(CommandRequest.of(BookmarkCommand.NAME, arguments))) {
      return BookmarkCommand.BRIDGE.fromCbor(response.nextValue(), Location.class);
    }
  }

  /** Prints where a bookmark is; the arguments are the URL of the server and the bookmark. */
  public static void main(String[] arguments) throws Exception {
    try (Peer peer = Peer.connect(arguments[0])) {
      System.out.println(locate(peer, arguments[1]));
    }
  }
}

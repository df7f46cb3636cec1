// SPDX-License-Identifier: Apache-2.0
package com.example.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.ArgumentType;
import org.hgwire.core.command.Node;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.Permission;
import org.hgwire.server.jackson.JacksonBridge;
import org.hgwire.server.repository.RepositorySnapshot;

/** The command {@code acme.bookmark}, which says where a bookmark is. */
public final class BookmarkCommand {
  /** The name on the wire; a prefix keeps it apart from names that the protocol may add. */
  public static final String NAME = "acme.bookmark";

  /** Maps between objects and the values of the wire, at the server and at the client. */
  public static final JacksonBridge BRIDGE = JacksonBridge.of(new ObjectMapper());

  private BookmarkCommand() {}

  /** The arguments of the command. */
  public record Question(String name) {}

  /** The response. The node is the null node if there is no such bookmark. */
  public record Location(boolean exists, Node node, int changesetsInRepository) {}

  /** Returns the declaration: who may call it, with which arguments, and what runs. */
  public static CommandDefinition definition() {
    return CommandDefinition.named(NAME)
        .permission(Permission.PULL)
        .argument("name", ArgumentDescriptor.required(ArgumentType.BYTES))
        .runs(BRIDGE.command(Question.class, BookmarkCommand::locate));
  }

  private static Location locate(CommandCall call, Question question) throws IOException {
    try (RepositorySnapshot snapshot = call.repository().snapshot()) {
      Node node = snapshot.bookmarks().get(ByteString.utf8(question.name()));
      return new Location(
          node != null, node == null ? Node.NULL : node, snapshot.changesets().count());
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.Objects;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.ArgumentType;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.core.command.PushkeyRequest;
import org.hgwire.core.command.PushkeyResponse;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.Permission;
import org.hgwire.server.command.PushkeyGuard;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.keys.PushkeyNamespaces;
import org.hgwire.server.repository.work.Work;
import org.jspecify.annotations.Nullable;

/**
 * Changes a value of a pushkey namespace (wireprotocolv2, pushkey). The response is true if the
 * value is the requested one afterwards, changed or not.
 */
final class PushkeyCommand extends ShortCommand {
  private final PushkeyGuard guard;

  private PushkeyCommand(PushkeyGuard guard, WireLimits limits) {
    super(limits);
    this.guard = guard;
  }

  static CommandDefinition definition(PushkeyGuard guard, WireLimits limits) {
    ArgumentDescriptor bytes = ArgumentDescriptor.required(ArgumentType.BYTES);
    return CommandDefinition.named(PushkeyRequest.COMMAND)
        .permission(Permission.PUSH)
        .argument("namespace", bytes)
        .argument("key", bytes)
        .argument("old", bytes)
        .argument("new", bytes)
        .runs(new PushkeyCommand(guard, limits));
  }

  @Override
  Work<CborValue> respond(CommandCall call, RequestView view) throws IOException {
    PushkeyRequest request = RequestView.read(call, PushkeyRequest::read);
    guard.check(request);
    return Work.done(new PushkeyResponse(push(request, call.repository(), view)).toCbor());
  }

  private static boolean push(PushkeyRequest request, Repository repository, RequestView view)
      throws IOException {
    if (request.namespace().equals(PushkeyNamespaces.BOOKMARKS)) {
      return pushBookmark(request, repository, view);
    }
    if (request.namespace().equals(PushkeyNamespaces.PHASES)) {
      return pushPhase(request, repository, view);
    }
    return !request.namespace().equals(PushkeyNamespaces.NAMESPACES)
        && view.snapshot().namespaces().contains(request.namespace())
        && repository.pushkey(
            request.namespace(), request.key(), request.oldValue(), request.newValue());
  }

  private static boolean pushBookmark(
      PushkeyRequest request, Repository repository, RequestView view) throws IOException {
    requireBookmarkName(request.key());
    Node before = node(request.oldValue(), "old");
    Node after = node(request.newValue(), "new");
    if (after != null) {
      view.require(after);
    }
    return repository.moveBookmark(request.key(), before, after)
        || Objects.equals(view.snapshot().bookmarks().get(request.key()), after);
  }

  private static void requireBookmarkName(ByteString name) {
    String text = name.utf8();
    if (text.isBlank()
        || text.matches("(?s).*[:\u0000\r\n].*")
        || text.matches("[0-9]+|tip|null|\\.")) {
      throw new CommandException("the name of a bookmark is invalid: \"" + name.excerpt() + "\"");
    }
  }

  private static boolean pushPhase(PushkeyRequest request, Repository repository, RequestView view)
      throws IOException {
    Node node = node(request.key(), "key");
    if (node == null) {
      throw new CommandException("the key in the namespace phases must be a changeset");
    }
    int revision = view.require(node);
    Phase before = phase(request.oldValue());
    Phase after = phase(request.newValue());
    if (after.compareTo(before) >= 0) {
      throw new CommandException("a phase can only be moved towards public");
    }
    return view.index().phase(revision) == after || repository.advancePhase(node, before, after);
  }

  private static Phase phase(ByteString number) {
    for (Phase phase : Phase.values()) {
      if (number.equals(ByteString.utf8(Integer.toString(phase.number())))) {
        return phase;
      }
    }
    throw new CommandException("a phase must be 0, 1 or 2, not \"" + number.excerpt() + "\"");
  }

  private static @Nullable Node node(ByteString hex, String argument) {
    if (hex.isEmpty()) {
      return null;
    }
    try {
      return Node.fromHex(hex.utf8());
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          "the argument "
              + argument
              + " must be a node in hexadecimal, not \""
              + hex.excerpt()
              + "\"");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.BitSet;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.ArgumentType;
import org.hgwire.core.command.LookupRequest;
import org.hgwire.core.command.LookupResponse;
import org.hgwire.core.command.Node;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.graph.BranchHeads;
import org.jspecify.annotations.Nullable;

/**
 * The changeset of a name (wireprotocolv2, lookup): {@code null}, {@code tip}, the number of a
 * changeset, its node in hexadecimal, a bookmark, one of the host's own names, a branch, or an
 * unambiguous prefix of a node; the first of these that exists.
 */
final class LookupCommand extends ShortCommand {
  private static final int HEX_NODE = 2 * Node.BYTES;

  static CommandDefinition definition() {
    return CommandDefinition.named(LookupRequest.COMMAND)
        .permission(Permission.PULL)
        .argument("key", ArgumentDescriptor.required(ArgumentType.BYTES))
        .runs(new LookupCommand());
  }

  @Override
  CborValue respond(CommandCall call, RequestView view) throws IOException {
    ByteString key = RequestView.read(call, LookupRequest::read).key();
    Node node = find(view, key);
    if (node == null) {
      throw new CommandException("the revision \"" + key.excerpt() + "\" is unknown");
    }
    return new LookupResponse(node).toCbor();
  }

  private static @Nullable Node find(RequestView view, ByteString key) throws IOException {
    String text = key.utf8();
    if (text.equals("null")) {
      return Node.NULL;
    }
    if (text.equals("tip")) {
      int tip = view.graph().visible().length() - 1;
      return tip < 0 ? Node.NULL : view.index().node(tip);
    }
    Node found = numbered(view, text);
    if (found == null) {
      found = complete(view, text);
    }
    if (found == null) {
      found = named(view, key);
    }
    return found == null ? prefix(view, text) : found;
  }

  private static @Nullable Node numbered(RequestView view, String text) {
    if (!text.matches("0|[1-9][0-9]{0,8}")) {
      return null;
    }
    int revision = Integer.parseInt(text);
    return revision < view.index().count() && view.graph().isVisible(revision)
        ? view.index().node(revision)
        : null;
  }

  private static @Nullable Node complete(RequestView view, String text) {
    if (!text.matches("[0-9a-fA-F]{" + HEX_NODE + "}")) {
      return null;
    }
    Node node = Node.fromHex(text);
    return node.isNull() || view.graph().find(node) != ChangesetIndex.NONE ? node : null;
  }

  private static @Nullable Node named(RequestView view, ByteString key) throws IOException {
    Integer bookmark = Bookmarks.byName(view).get(key);
    if (bookmark != null) {
      return view.index().node(bookmark);
    }
    Node own = view.snapshot().lookup(key);
    if (own != null && view.graph().find(own) != ChangesetIndex.NONE) {
      return own;
    }
    BitSet heads = BranchHeads.of(view.graph()).get(key);
    return heads == null ? null : view.index().node(branchTip(view.index(), heads));
  }

  /** Returns the newest head that does not close the branch, or the newest one if all do. */
  private static int branchTip(ChangesetIndex index, BitSet heads) throws IOException {
    for (int head = heads.length() - 1; head >= 0; head = heads.previousSetBit(head - 1)) {
      if (!index.closesBranch(head)) {
        return head;
      }
    }
    return heads.length() - 1;
  }

  private static @Nullable Node prefix(RequestView view, String text) {
    if (!text.matches("[0-9a-f]{1," + HEX_NODE + "}")) {
      return null;
    }
    Node found = null;
    BitSet visible = view.graph().visible();
    for (int r = visible.nextSetBit(0); r >= 0; r = visible.nextSetBit(r + 1)) {
      Node node = view.index().node(r);
      if (node.hex().startsWith(text)) {
        if (found != null) {
          throw new CommandException(
              "the node prefix \"" + text + "\" is ambiguous: use more digits");
        }
        found = node;
      }
    }
    return found;
  }
}

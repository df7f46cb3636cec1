// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.List;
import java.util.ListIterator;
import java.util.Optional;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
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
import org.hgwire.server.repository.work.Work;
import org.jspecify.annotations.Nullable;

/**
 * The changeset of a name (wireprotocolv2, lookup), as Mercurial finds it: {@code null}, {@code
 * tip}, {@code .}, the number of a changeset, also counted from the end, its node in hexadecimal, a
 * bookmark, one of the host's own names such as a tag, a branch, or an unambiguous prefix of a
 * node; the first of these that exists and may be served.
 */
final class LookupCommand extends ShortCommand {
  private static final int HEX_NODE = 2 * Node.BYTES;
  private static final ByteString WORKING_DIRECTORY = ByteString.utf8(".");

  private LookupCommand(WireLimits limits) {
    super(limits);
  }

  static CommandDefinition definition(WireLimits limits) {
    return CommandDefinition.named(LookupRequest.COMMAND)
        .permission(Permission.PULL)
        .argument("key", ArgumentDescriptor.required(ArgumentType.BYTES))
        .runs(new LookupCommand(limits));
  }

  @Override
  Work<CborValue> respond(CommandCall call, RequestView view) throws IOException {
    ByteString key = RequestView.read(call, LookupRequest::read).key();
    Node known = find(view, key);
    Work<Optional<Node>> search = known == null ? search(view, key) : Work.done(Optional.of(known));
    return search.map(
        found ->
            new LookupResponse(
                    found.orElseThrow(
                        () -> new CommandException("unknown revision '" + key.excerpt() + "'")))
                .toCbor());
  }

  private static @Nullable Node find(RequestView view, ByteString key) throws IOException {
    String text = key.utf8();
    if (text.equals("null")) {
      return Node.NULL;
    }
    if (text.equals("tip")) {
      int tip = view.graph().tip();
      return tip == ChangesetIndex.NONE ? Node.NULL : view.index().node(tip);
    }
    if (key.equals(WORKING_DIRECTORY)) {
      Node parent = view.snapshot().lookup(key);
      return parent == null || parent.isNull() ? Node.NULL : visible(view, parent);
    }
    Node found = numbered(view, text);
    if (found == null) {
      found = complete(view, text);
    }
    return found == null ? named(view, key) : found;
  }

  /** Looks for a branch, and then for a prefix. */
  private static Work<Optional<Node>> search(RequestView view, ByteString key) {
    return view.graph()
        .branchHeads()
        .then(branches -> branchTip(view.index(), branches.getOrDefault(key, List.of())))
        .then(found -> found.isPresent() ? Work.done(found) : NodePrefix.find(view, key.utf8()));
  }

  /** Finds the changeset of a number; -1 is the last one, whether it may be served or not. */
  private static @Nullable Node numbered(RequestView view, String text) {
    if (!text.matches("0|-?[1-9][0-9]{0,8}")) {
      return null;
    }
    int count = view.index().count();
    int number = Integer.parseInt(text);
    int revision = number < 0 ? number + count : number;
    return revision >= 0 && revision < count && view.graph().isVisible(revision)
        ? view.index().node(revision)
        : null;
  }

  private static @Nullable Node complete(RequestView view, String text) {
    if (!text.matches("[0-9a-fA-F]{" + HEX_NODE + "}")) {
      return null;
    }
    Node node = Node.fromHex(text);
    return node.isNull() ? node : visible(view, node);
  }

  private static @Nullable Node named(RequestView view, ByteString key) throws IOException {
    Node bookmark = view.snapshot().bookmarks().get(key);
    Node found = bookmark == null ? null : visible(view, bookmark);
    Node own = found == null ? view.snapshot().lookup(key) : null;
    return own == null ? found : visible(view, own);
  }

  private static @Nullable Node visible(RequestView view, Node node) {
    return view.graph().find(node) == ChangesetIndex.NONE ? null : node;
  }

  /** Finds the newest head that does not close the branch, or the newest one if all do. */
  private static Work<Optional<Node>> branchTip(ChangesetIndex index, List<Integer> heads) {
    if (heads.isEmpty()) {
      return Work.done(Optional.empty());
    }
    ListIterator<Integer> left = heads.listIterator(heads.size());
    return steps -> {
      while (left.hasPrevious()) {
        if (!steps.take()) {
          return null;
        }
        int head = left.previous();
        if (!index.closesBranch(head)) {
          return Optional.of(index.node(head));
        }
      }
      return Optional.of(index.node(heads.get(heads.size() - 1)));
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map.Entry;
import java.util.Set;
import org.hgwire.conformance.version1.KnownRevisions;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.Segment;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.DiagnosticNotation;
import org.hgwire.core.command.Node;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.revision.Delta;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a response, a line each. In place of a text or of a delta a line has {@code +text}
 * when it makes the text that the revision has, whatever the delta is against; the client has to
 * have the base.
 */
final class RevisionLines {
  private static final int MAX_TEXT = 1 << 24;

  private final KnownRevisions revisions;
  private final Segment segment;
  private final boolean hasParents;
  private ByteString path;
  private final Set<Node> sent = new HashSet<>();
  private final List<String> lines = new ArrayList<>();

  private RevisionLines(KnownRevisions revisions, CommandRequest request) {
    this.revisions = revisions;
    CborMap arguments = request.arguments();
    segment =
        switch (request.name().utf8()) {
          case "changesetdata" -> Segment.CHANGESETS;
          case "manifestdata" -> Segment.MANIFESTS;
          default -> Segment.FILES;
        };
    hasParents = CborBoolean.TRUE.equals(arguments.get("haveparents"));
    path = arguments.get("path") instanceof CborBytes given ? given.value() : ByteString.empty();
  }

  /** Returns the lines of a response; fails if a text is wrong, or a base unknown to the client. */
  static List<String> of(
      KnownRevisions revisions, CommandRequest request, List<CborValue> objects) {
    RevisionLines lines = new RevisionLines(revisions, request);
    Iterator<CborValue> each = objects.iterator();
    while (each.hasNext()) {
      lines.add(each.next(), each);
    }
    return lines.lines;
  }

  private void add(CborValue value, Iterator<CborValue> following) {
    if (!(value instanceof CborMap map)) {
      lines.add(DiagnosticNotation.print(value));
      return;
    }
    if (map.get("path") instanceof CborBytes next) {
      path = next.value();
      sent.clear();
    }
    StringBuilder line = new StringBuilder();
    for (Entry<CborValue, CborValue> entry : map.entries()) {
      String key = entry.getKey() instanceof CborBytes bytes ? bytes.value().utf8() : "?";
      if (!key.equals("fieldsfollowing") && !key.equals("deltabasenode")) {
        line.append(key + "=" + DiagnosticNotation.print(entry.getValue()) + " ");
      }
    }
    if (map.get("fieldsfollowing") instanceof CborArray fields) {
      Node node = node(map.require("node"));
      for (CborValue field : fields.items()) {
        check(node, map.get("deltabasenode"), (CborArray) field, bytes(following.next()));
        line.append("+text");
      }
    }
    if (map.get("fieldsfollowing") != null) {
      sent.add(node(map.require("node")));
    }
    lines.add(line.toString().strip());
  }

  private void check(Node node, @Nullable CborValue base, CborArray field, ByteString data) {
    assertThat(field.items().get(1).toString()).isEqualTo(Integer.toString(data.length()));
    ByteString text = data;
    if (bytes(field.items().get(0)).utf8().equals("delta")) {
      Node against = node(base);
      boolean had =
          against.isNull()
              || sent.contains(against)
              || (hasParents && revisions.parents(segment, path, node).present().contains(against));
      assertThat(had).as("the client has %s, the base of %s", against.hex(), node.hex()).isTrue();
      ByteString from = against.isNull() ? ByteString.empty() : known(against);
      text = ByteString.copyOf(Delta.apply(from.asByteBuffer(), data.asByteBuffer(), MAX_TEXT));
    }
    assertThat(text).as("the text of %s of %s", node.hex(), path).isEqualTo(known(node));
  }

  private ByteString known(Node node) {
    ByteString text = revisions.text(segment, path, node);
    if (text == null) {
      throw new AssertionError(node.hex() + " of " + path + " may not be served");
    }
    return text;
  }

  private static Node node(@Nullable CborValue value) {
    return Node.of(bytes(value));
  }

  private static ByteString bytes(@Nullable CborValue value) {
    if (value instanceof CborBytes bytes) {
      return bytes.value();
    }
    throw new AssertionError(value + " is no byte string");
  }
}

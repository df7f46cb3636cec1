// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * The state of a repository in a journal: a CBOR map with {@code heads}, {@code bookmarks}, {@code
 * publishing} and {@code draftroots}, nodes as byte strings.
 */
final class JournalState {
  /** Three collections, each as large as a response may be. */
  private static final WireLimits LIMITS =
      WireLimits.defaults()
          .with(WireLimit.MAX_CBOR_ITEMS, 1 << 20)
          .with(WireLimit.MAX_CBOR_BYTES, 256L << 20);

  private static final String HEADS = "heads";
  private static final String BOOKMARKS = "bookmarks";
  private static final String PUBLISHING = "publishing";
  private static final String DRAFT_ROOTS = "draftroots";

  private JournalState() {}

  static ByteString write(RepositoryState state) {
    CborMap.Builder bookmarks = CborMap.builder();
    state.bookmarks().forEach((name, node) -> bookmarks.put(new CborBytes(name), bytes(node)));
    return CborEncoder.encode(
        CborMap.builder()
            .put(HEADS, array(state.sortedHeads()))
            .put(BOOKMARKS, bookmarks.build())
            .put(PUBLISHING, state.publishing())
            .put(DRAFT_ROOTS, array(state.sortedDraftRoots()))
            .build());
  }

  private static CborArray array(List<Node> nodes) {
    return new CborArray(nodes.stream().<CborValue>map(JournalState::bytes).toList());
  }

  private static CborBytes bytes(Node node) {
    return new CborBytes(node.toByteString());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is not that
   */
  static RepositoryState read(ByteBuffer data) throws IOException {
    try {
      CborMap map = (CborMap) CborDecoder.decodeOne(data, LIMITS);
      Map<ByteString, Node> bookmarks = new HashMap<>();
      for (var bookmark : ((CborMap) present(map.get(BOOKMARKS))).entries()) {
        bookmarks.put(((CborBytes) bookmark.getKey()).value(), node(bookmark.getValue()));
      }
      return new RepositoryState(
          nodes(map.get(HEADS)),
          bookmarks,
          present(map.get(PUBLISHING)).equals(CborBoolean.TRUE),
          nodes(map.get(DRAFT_ROOTS)));
    } catch (WireProtocolException | ClassCastException | IllegalArgumentException e) {
      throw new IOException("an entry of the journal is not the state of a repository", e);
    }
  }

  private static CborValue present(@Nullable CborValue value) {
    if (value == null) {
      throw new IllegalArgumentException("a part is missing");
    }
    return value;
  }

  private static Set<Node> nodes(@Nullable CborValue value) {
    Set<Node> nodes = new HashSet<>();
    for (CborValue item : ((CborArray) present(value)).items()) {
      nodes.add(node(item));
    }
    return nodes;
  }

  private static Node node(CborValue value) {
    return Node.of(((CborBytes) value).value());
  }
}

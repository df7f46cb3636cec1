// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.FollowingField;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.command.RevisionRecord;
import org.hgwire.core.revision.Delta;
import org.hgwire.core.revision.NodeHasher;

/** Reads records of revisions and their data, applies deltas, and verifies every hash. */
final class Revisions {
  final Map<Node, ByteString> texts = new LinkedHashMap<>();
  final Map<Node, RevisionRecord> records = new HashMap<>();
  private final Map<Node, ByteString> had;

  /** Makes a reader; {@code had} are the texts that the client had before. */
  Revisions(Map<Node, ByteString> had) {
    this.had = had;
  }

  /** Reads {@code count} revisions from {@code start} on and returns the index after them. */
  int read(List<CborValue> objects, int start, long count) {
    int position = start;
    for (long i = 0; i < count; i++) {
      RevisionRecord record = RevisionRecord.read(objects.get(position++));
      records.put(record.node(), record);
      for (FollowingField field : record.following()) {
        ByteString data = ((CborBytes) objects.get(position++)).value();
        assertThat((long) data.length()).isEqualTo(field.size());
        ByteString text = data;
        if (field.name().equals(FollowingField.DELTA)) {
          Node base = Objects.requireNonNull(record.deltaBase());
          ByteString baseText =
              Objects.requireNonNull(
                  texts.containsKey(base) ? texts.get(base) : had.get(base), "base of a delta");
          text =
              ByteString.copyOf(
                  Delta.apply(baseText.asByteBuffer(), data.asByteBuffer(), Integer.MAX_VALUE));
        }
        assertThat(NodeHasher.hash(Objects.requireNonNull(record.parents()), text))
            .isEqualTo(record.node());
        assertThat(texts.put(record.node(), text)).as("sent twice").isNull();
      }
    }
    return position;
  }

  Parents parents(Node node) {
    return Objects.requireNonNull(Objects.requireNonNull(records.get(node)).parents());
  }
}

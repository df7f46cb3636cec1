// SPDX-License-Identifier: Apache-2.0
package org.hgwire.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.revision.Delta;
import org.hgwire.core.revision.NodeHasher;

/**
 * Small revlogs in one file (revlogs, Version 1 Format): texts in a row, some of them as deltas.
 */
final class RevlogSeeds {
  private static final int HEADER = 1 | 1 << 16 | 1 << 17; // version 1, inline, general delta

  private RevlogSeeds() {}

  static Arbitrary<ByteString> revlogs() {
    return Arbitraries.strings()
        .withChars("ab \n")
        .ofMaxLength(60)
        .map(ByteString::utf8)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(RevlogSeeds::revlog);
  }

  private static ByteString revlog(List<ByteString> texts) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    List<Node> nodes = new ArrayList<>();
    long offset = 0;
    for (int r = 0; r < texts.size(); r++) {
      ByteString text = texts.get(r);
      boolean delta = r % 2 == 1;
      byte[] chunk = chunk(delta ? Delta.between(texts.get(r - 1), text) : text);
      Node parent = r == 0 ? Node.NULL : nodes.get(r - 1);
      nodes.add(NodeHasher.hash(Parents.of(parent), text));
      ByteBuffer entry = ByteBuffer.allocate(64);
      entry.putLong(offset << 16).putInt(chunk.length).putInt(text.length());
      entry.putInt(delta ? r - 1 : r).putInt(r).putInt(r - 1).putInt(-1);
      nodes.get(r).write(entry);
      if (r == 0) {
        entry.putInt(0, HEADER);
      }
      file.writeBytes(entry.array());
      file.writeBytes(chunk);
      offset += chunk.length;
    }
    return ByteString.copyOf(file.toByteArray());
  }

  /** Compresses what is long, and writes the rest after the byte {@code u}. */
  private static byte[] chunk(ByteString content) {
    byte[] bytes = content.toByteArray();
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    if (bytes.length > 20) {
      Deflater deflater = new Deflater();
      deflater.setInput(bytes);
      deflater.finish();
      byte[] buffer = new byte[2 * bytes.length + 20];
      chunk.write(buffer, 0, deflater.deflate(buffer));
      deflater.end();
    } else if (bytes.length > 0) {
      chunk.write('u');
      chunk.writeBytes(bytes);
    }
    return chunk.toByteArray();
  }
}

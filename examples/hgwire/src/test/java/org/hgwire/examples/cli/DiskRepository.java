// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.revision.NodeHasher;

/** Makes repositories on disk whose changesets, one after the other, have no files. */
final class DiskRepository {
  private static final int INLINE_V1 = 1 << 16 | 1;
  private static final int PADDING = 12;

  private DiskRepository() {}

  /** Makes a repository and returns the nodes of its changesets. */
  static List<Node> create(Path directory, int changesets) throws IOException {
    Path hg = directory.resolve(".hg");
    Path store = Files.createDirectories(hg.resolve("store"));
    Files.writeString(hg.resolve("requires"), "dotencode\nfncache\nrevlogv1\nstore\n");
    List<Node> nodes = new ArrayList<>();
    Node parent = Node.NULL;
    ByteArrayOutputStream index = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(index);
    long offset = 0;
    for (int i = 0; i < changesets; i++) {
      byte[] text =
          (Node.NULL + "\nalice\n" + (1_600_000_000 + i) + " 0\n\nchangeset " + i)
              .getBytes(StandardCharsets.UTF_8);
      Node node = NodeHasher.hash(new Parents(parent, Node.NULL), ByteString.copyOf(text));
      out.writeLong(i == 0 ? (long) INLINE_V1 << 32 : offset << 16);
      out.writeInt(text.length + 1);
      out.writeInt(text.length);
      out.writeInt(i);
      out.writeInt(i);
      out.writeInt(i - 1);
      out.writeInt(-1);
      out.write(node.toByteArray());
      out.write(new byte[PADDING]);
      out.write('u');
      out.write(text);
      offset += text.length + 1;
      nodes.add(node);
      parent = node;
    }
    if (changesets > 0) {
      Files.write(store.resolve("00changelog.i"), index.toByteArray());
    }
    return nodes;
  }
}

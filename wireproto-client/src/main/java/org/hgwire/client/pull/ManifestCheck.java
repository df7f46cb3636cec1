// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.hgwire.client.RefusedHistoryException;
import org.hgwire.client.RefusedHistoryException.Reason;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.ManifestFlag;
import org.hgwire.core.revision.TrackedPath;
import org.jspecify.annotations.Nullable;

/**
 * Checks a manifest before a sink gets it: the form of its lines, that its paths ascend and none is
 * there twice, that each is a {@link TrackedPath}, and that none is a directory. Reads the text
 * once, with two lines of it in memory.
 */
final class ManifestCheck {
  private static final int HEX = 2 * Node.BYTES;

  private final RevisionKey manifest;
  private byte[] last = new byte[256];
  private int lastLength = -1;

  private ManifestCheck(RevisionKey manifest) {
    this.manifest = manifest;
  }

  /**
   * Checks a manifest.
   *
   * @throws RefusedHistoryException naming it, and the path
   */
  static void require(RevisionKey manifest, RevisionText text) throws IOException {
    ManifestCheck check = new ManifestCheck(manifest);
    try (ManifestLines lines = new ManifestLines(text.open())) {
      while (lines.next()) {
        check.line(lines.line());
      }
    }
  }

  /** Refuses a path that no repository may track, or returns it. */
  static ByteString requirePath(ByteString path) throws RefusedHistoryException {
    String fault = TrackedPath.fault(path);
    if (fault != null) {
      throw unsafe("the server's response", path, fault);
    }
    return path;
  }

  private static RefusedHistoryException unsafe(String where, ByteString path, String fault) {
    return new RefusedHistoryException(
        Reason.UNSAFE_PATH,
        "The path "
            + path
            + " in "
            + where
            + " "
            + fault
            + " and was refused; report this to the server's administrator.");
  }

  private void line(ByteBuffer line) throws RefusedHistoryException {
    byte[] bytes = line.array();
    int from = line.arrayOffset() + line.position();
    int to = line.arrayOffset() + line.limit();
    int zero = from;
    while (zero < to && bytes[zero] != 0) {
      zero++;
    }
    ManifestFlag flag = flag(bytes, zero + 1, to);
    if (flag == null) {
      throw new RefusedHistoryException(
          Reason.MALFORMED_MANIFEST,
          "The " + manifest + " is malformed; report this to the server's administrator.");
    }
    if (lastLength >= 0 && Arrays.compareUnsigned(last, 0, lastLength, bytes, from, zero) >= 0) {
      throw new RefusedHistoryException(
          Reason.UNSORTED_MANIFEST,
          "The paths of the "
              + manifest
              + " are not sorted, or are there twice, at "
              + ByteString.copyOf(bytes, from, zero - from)
              + "; report this to the server's administrator.");
    }
    if (flag == ManifestFlag.TREE) {
      throw new RefusedHistoryException(
          Reason.TREE_MANIFEST,
          "The "
              + manifest
              + " is a tree: the repository uses tree manifests (treemanifest), which are not"
              + " supported; pull from a repository with flat manifests.");
    }
    String fault = TrackedPath.fault(bytes, from, zero);
    if (fault != null) {
      throw unsafe("the " + manifest, ByteString.copyOf(bytes, from, zero - from), fault);
    }
    keep(bytes, from, zero - from);
  }

  /** Returns the flag of a line whose node begins at {@code from}, or null if it is malformed. */
  private static @Nullable ManifestFlag flag(byte[] bytes, int from, int to) {
    int end = from + HEX;
    if (end >= to || bytes[to - 1] != '\n' || to - end > 2) {
      return null;
    }
    for (int i = from; i < end; i++) {
      boolean isHex = (bytes[i] >= '0' && bytes[i] <= '9') || (bytes[i] >= 'a' && bytes[i] <= 'f');
      if (!isHex) {
        return null;
      }
    }
    return to - end == 1 ? ManifestFlag.FILE : ManifestFlag.of(bytes[end]);
  }

  private void keep(byte[] bytes, int from, int length) {
    if (length > last.length) {
      last = new byte[2 * length];
    }
    System.arraycopy(bytes, from, last, 0, length);
    lastLength = length;
  }
}

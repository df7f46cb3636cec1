// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;

/**
 * A changeset that is, with all its descendants, at least in a phase. What is in no such set is
 * public.
 *
 * @param phase the number of the phase: one of the constants
 * @param node the changeset, which need not be in the repository
 */
public record PhaseRoot(int phase, Node node) {
  /** May still be rewritten; is shared. */
  public static final int DRAFT = 1;

  /** May still be rewritten; is never shared. */
  public static final int SECRET = 2;

  /** Is never shared, nor shown: kept for what can be restored. */
  public static final int ARCHIVED = 32;

  /** Is never shared, nor shown: made by Mercurial for itself. */
  public static final int INTERNAL = 96;

  private static final int HEX = 2 * Node.BYTES;

  /**
   * Reads {@code phaseroots}, a root a line: the number of the phase, a space, the node in
   * hexadecimal.
   *
   * @return the roots in the order of the file; none if there is no such file
   * @throws StoreException if it is damaged, or has a phase that is not known
   */
  public static List<PhaseRoot> read(Path file) throws IOException {
    ByteString text = StoreFile.read(file);
    List<PhaseRoot> roots = new ArrayList<>();
    for (ByteString line : TextLines.of(text)) {
      roots.add(root(file, line));
    }
    return roots;
  }

  private static PhaseRoot root(Path file, ByteString line) throws StoreException {
    int space = line.indexOf((byte) ' ', 0);
    if (space >= 1 && line.length() == space + 1 + HEX) {
      try {
        int phase = phase(line.substring(0, space).utf8());
        return new PhaseRoot(phase, Node.fromHex(line.substring(space + 1, line.length()).utf8()));
      } catch (IllegalArgumentException e) {
        // the line is refused below
      }
    }
    throw new StoreException(
        StoreException.Kind.DAMAGED,
        "the file " + file + " has a line that is not a phase and a node: " + line.excerpt());
  }

  private static int phase(String text) {
    int phase = Integer.parseInt(text);
    return switch (phase) {
      case 0, DRAFT, SECRET, ARCHIVED, INTERNAL -> phase;
      default -> throw new IllegalArgumentException("unknown phase");
    };
  }
}

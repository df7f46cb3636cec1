// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import java.util.List;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborValue;

/**
 * A message for people: the payload of a text output frame, and the text of an error.
 *
 * @param atoms its parts, in order
 */
public record RichMessage(List<OutputAtom> atoms) {
  /** Copies the list. */
  public RichMessage {
    atoms = List.copyOf(atoms);
  }

  /** Returns a message of one atom whose text is {@code text}; percent signs are escaped. */
  public static RichMessage of(String text) {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads a message: an array of atoms as the text says, or, as Mercurial sends errors, bytes.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is
   *     neither
   */
  public static RichMessage read(CborValue value) {
    throw new UnsupportedOperationException();
  }

  /** Returns the array of atoms. */
  public CborArray toCbor() {
    throw new UnsupportedOperationException();
  }

  /**
   * Returns the text with arguments put in: at most {@code maxBytes} long, control characters
   * stripped but line feeds and tabs, arguments that are missing left out.
   */
  public String render(int maxBytes) {
    throw new UnsupportedOperationException();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;

/**
 * A message for people: the payload of a text output frame, and the text of an error.
 *
 * @param atoms the parts, in order
 */
public record RichMessage(List<OutputAtom> atoms) {
  /** Copies the list. */
  public RichMessage {
    atoms = List.copyOf(atoms);
  }

  /**
   * Returns a message of one atom that renders as {@code text}: percent signs are escaped, and text
   * that is not ASCII is an argument, because the formatting string "MUST be ASCII"
   * (wireprotocolrpc, Human Output Side-Channel).
   */
  public static RichMessage of(String text) {
    boolean ascii = text.chars().allMatch(c -> c < 0x80);
    return ascii
        ? formatted(ByteString.utf8(text.replace("%", "%%")), List.of())
        : formatted(ByteString.utf8("%s"), List.of(ByteString.utf8(text)));
  }

  /** Returns a message of one atom without labels. */
  static RichMessage formatted(ByteString format, List<ByteString> arguments) {
    return new RichMessage(List.of(new OutputAtom(format, arguments, List.of())));
  }

  /**
   * Reads a message: an array of atoms, as the protocol says, or bytes, as Mercurial sends errors.
   * In bytes without arguments a percent sign is not special.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is
   *     neither
   */
  public static RichMessage read(CborValue value) {
    return read(value, ValueReader.response("message"));
  }

  static RichMessage read(CborValue value, ValueReader values) {
    if (value instanceof CborBytes bytes) {
      return formatted(ByteString.utf8("%s"), List.of(bytes.value()));
    }
    if (!(value instanceof CborArray array)) {
      throw values.fault("it is " + value.typeName() + ", not an array of atoms or a byte string");
    }
    ValueReader atom = values.inside("an atom");
    List<OutputAtom> atoms = new ArrayList<>(array.items().size());
    for (CborValue item : array.items()) {
      atoms.add(OutputAtom.read(item, atom));
    }
    return new RichMessage(atoms);
  }

  /** Reads the {@code message} of an error, and its {@code args} if Mercurial sent it. */
  static RichMessage readOfError(MapReader error) {
    CborValue message = error.required("message");
    if (message instanceof CborBytes format && error.optional("args") != null) {
      return formatted(format.value(), error.optionalByteStrings("args"));
    }
    return read(message, error.values().inside("the message"));
  }

  /** Returns the array of atoms. */
  public CborArray toCbor() {
    return new CborArray(atoms.stream().<CborValue>map(OutputAtom::toCbor).toList());
  }

  /**
   * Returns one atom, without labels, that renders like all of these: each of its {@code %s} has
   * exactly one argument.
   */
  OutputAtom joined() {
    return MessageText.join(atoms);
  }

  /**
   * Returns the text with its arguments substituted, at most {@code maxBytes} long in UTF-8.
   * Missing arguments are empty. Characters that are not {@linkplain
   * org.hgwire.core.PeerText#isPrintable printable}, except line feeds and tabs, are dropped; bytes
   * that are not UTF-8 become a replacement character.
   *
   * @throws IllegalArgumentException if {@code maxBytes} is negative
   */
  public String render(int maxBytes) {
    return MessageText.render(atoms, maxBytes);
  }
}

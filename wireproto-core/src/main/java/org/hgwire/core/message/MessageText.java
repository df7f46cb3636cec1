// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.PeerText;

/**
 * Substitutes the arguments of atoms into their formatting strings.
 *
 * <p>wireprotocolrpc, Human Output Side-Channel: "The only supported formatting sequences are
 * {@code %s} and {@code %%}. […] All other 2-byte sequences beginning with {@code %} represent a
 * literal {@code %} followed by that character." The strings come from the peer, so they are never
 * passed to a formatter of the platform.
 */
final class MessageText {
  private MessageText() {}

  static String render(List<OutputAtom> atoms, int maxBytes) {
    if (maxBytes < 0) {
      throw new IllegalArgumentException("a text of " + maxBytes + " bytes");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (OutputAtom atom : atoms) {
      expand(atom, bytes, maxBytes);
    }
    return printable(bytes.toByteArray(), maxBytes);
  }

  private static void expand(OutputAtom atom, ByteArrayOutputStream target, int maxBytes) {
    ByteString format = atom.message();
    Iterator<ByteString> arguments = atom.arguments().iterator();
    for (int i = 0; i < format.length() && target.size() < maxBytes; i++) {
      byte next = i + 1 < format.length() ? format.at(i + 1) : 0;
      if (format.at(i) == '%' && next == 's') {
        if (arguments.hasNext()) {
          ByteString argument = arguments.next();
          int room = Math.min(argument.length(), maxBytes - target.size());
          target.writeBytes(argument.substring(0, room).toByteArray());
        }
        i++;
      } else {
        target.write(format.at(i));
        if (format.at(i) == '%' && next == '%') {
          i++;
        }
      }
    }
  }

  /** Decodes {@code bytes}, without a character that the limit has split. */
  private static String printable(byte[] bytes, int maxBytes) {
    CharBuffer decoded = CharBuffer.allocate(bytes.length);
    StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .onUnmappableCharacter(CodingErrorAction.REPLACE)
        .decode(ByteBuffer.wrap(bytes), decoded, bytes.length < maxBytes);
    String text = decoded.flip().toString();
    StringBuilder kept = new StringBuilder(text.length());
    int size = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int point = text.codePointAt(i);
      if (point == '\n' || point == '\t' || PeerText.isPrintable(point)) {
        size += utf8Length(point);
        if (size > maxBytes) {
          break;
        }
        kept.appendCodePoint(point);
      }
    }
    return kept.toString();
  }

  private static int utf8Length(int point) {
    if (point < 0x80) {
      return 1;
    }
    if (point < 0x800) {
      return 2;
    }
    return point < 0x1_0000 ? 3 : 4;
  }

  static OutputAtom join(List<OutputAtom> atoms) {
    ByteArrayOutputStream format = new ByteArrayOutputStream();
    List<ByteString> arguments = new ArrayList<>();
    for (OutputAtom atom : atoms) {
      Iterator<ByteString> own = atom.arguments().iterator();
      ByteString message = atom.message();
      for (int i = 0; i < message.length(); i++) {
        byte next = i + 1 < message.length() ? message.at(i + 1) : 0;
        format.write(message.at(i));
        if (message.at(i) != '%') {
          continue;
        }
        if (next == 's') {
          arguments.add(own.hasNext() ? own.next() : ByteString.empty());
          format.write('s');
          i++;
        } else {
          // A literal percent sign is always written as %%, which every reader understands.
          format.write('%');
          i += next == '%' ? 1 : 0;
        }
      }
    }
    return new OutputAtom(ByteString.copyOf(format.toByteArray()), arguments, List.of());
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.hgwire.core.ByteString;
import org.hgwire.server.version1.MalformedArgumentsException;
import org.hgwire.server.version1.Version1Arguments;

/** Reads arguments of version 1, which are encoded as HTML forms are wherever they stand. */
final class FormArguments {
  private FormArguments() {}

  /**
   * Adds the arguments of a form.
   *
   * @param but the name of one that is no argument of the command
   * @throws MalformedArgumentsException if the form is malformed, or has an argument twice
   */
  static void read(String form, String but, Version1Arguments.Builder target) {
    read(ByteBuffer.wrap(form.getBytes(StandardCharsets.UTF_8)), ByteString.utf8(but), target);
  }

  /**
   * Adds the arguments of a form.
   *
   * @throws MalformedArgumentsException if the form is malformed, or has an argument twice
   */
  static void read(ByteBuffer form, Version1Arguments.Builder target) {
    read(form, ByteString.empty(), target);
  }

  private static void read(ByteBuffer form, ByteString but, Version1Arguments.Builder target) {
    boolean seen = false;
    while (form.hasRemaining()) {
      ByteString name = next(form, true);
      ByteString value = endsName(form) ? next(form, false) : ByteString.empty();
      if (name.equals(but) && !but.isEmpty()) {
        if (seen) {
          throw new MalformedArgumentsException("the request names two commands");
        }
        seen = true;
      } else if (!name.isEmpty() || !value.isEmpty()) {
        target.put(name, value);
      }
    }
  }

  /** Returns whether what was read last ended with an equals sign. */
  private static boolean endsName(ByteBuffer form) {
    return form.position() > 0 && form.get(form.position() - 1) == '=';
  }

  /** Decodes up to the end of a value, or of a name, and skips what ends it. */
  private static ByteString next(ByteBuffer form, boolean name) {
    ByteArrayOutputStream decoded = new ByteArrayOutputStream();
    while (form.hasRemaining()) {
      int c = form.get();
      if (c == '&' || (name && c == '=')) {
        break;
      }
      if (c <= ' ' || c == 0x7f) {
        throw new MalformedArgumentsException("the arguments are not printable ASCII");
      }
      decoded.write(c == '+' ? ' ' : c == '%' ? escaped(form) : c);
    }
    return ByteString.copyOf(decoded.toByteArray());
  }

  private static int escaped(ByteBuffer form) {
    int high = form.remaining() < 2 ? -1 : Character.digit(form.get(), 16);
    int low = high < 0 ? -1 : Character.digit(form.get(), 16);
    if (low < 0) {
      throw new MalformedArgumentsException("the arguments have an invalid escape");
    }
    return high << 4 | low;
  }
}

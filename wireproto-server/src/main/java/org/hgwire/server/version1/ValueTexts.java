// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.version1;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.BranchmapResponse;
import org.hgwire.core.command.ClonebundlesResponse;
import org.hgwire.core.command.HeadsResponse;
import org.hgwire.core.command.KnownResponse;
import org.hgwire.core.command.ListkeysResponse;
import org.hgwire.core.command.LookupResponse;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PushkeyResponse;

/** The texts that version 1 has for the values of version 2 (wireprotocol, Commands). */
final class ValueTexts {
  private static final String HEX = "0123456789ABCDEF";

  private ValueTexts() {}

  /** "A list of space-delimited hex nodes of repository heads followed by a newline." */
  static ByteString heads(CborValue response) {
    List<Node> nodes = HeadsResponse.read(response).nodes();
    return line(HexNodes.write(nodes.isEmpty() ? List.of(Node.NULL) : nodes));
  }

  /** "A string consisting of '0's and '1's … There is no trailing newline." */
  static ByteString known(CborValue response) {
    return KnownResponse.read(response).digits();
  }

  /** "Upon successful resolution, returns '1 &lt;hex node&gt;\n'." */
  static ByteString lookup(CborValue response) {
    return ByteString.utf8("1 " + LookupResponse.read(response).node().hex() + "\n");
  }

  /** "On failure, returns '0 &lt;error string&gt;\n'." */
  static Version1Response notFound(String reason) {
    return new Version1Response.Whole(ByteString.utf8("0 " + reason + "\n"));
  }

  /** "A string encoded integer followed by a newline followed by additional server output." */
  static ByteString pushkey(CborValue response) {
    return ByteString.utf8(PushkeyResponse.read(response).changed() ? "1\n" : "0\n");
  }

  static ByteString clonebundles(CborValue response) {
    return ClonebundlesResponse.read(response).manifest();
  }

  /**
   * "Lines with URL encoded branch names followed by a space followed by a space-delimited list of
   * hex nodes of heads on that branch. … There is no trailing newline."
   */
  static ByteString branchmap(CborValue response) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (Entry<ByteString, List<Node>> branch :
        BranchmapResponse.read(response).branches().entrySet()) {
      if (lines.size() > 0) {
        lines.write('\n');
      }
      quote(branch.getKey(), lines);
      lines.write(' ');
      lines.writeBytes(HexNodes.write(branch.getValue()).toByteArray());
    }
    return ByteString.copyOf(lines.toByteArray());
  }

  /** "Key-value pairs are delimited by newlines. Within each line, … separated by a tab." */
  static ByteString listkeys(CborValue response) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (Map.Entry<ByteString, ByteString> pair :
        ListkeysResponse.read(response).values().entrySet()) {
      // The format has no escape for its delimiters: such a pair is left out.
      if (isOneField(pair.getKey()) && isOneField(pair.getValue())) {
        if (lines.size() > 0) {
          lines.write('\n');
        }
        lines.writeBytes(pair.getKey().toByteArray());
        lines.write('\t');
        lines.writeBytes(pair.getValue().toByteArray());
      }
    }
    return ByteString.copyOf(lines.toByteArray());
  }

  private static boolean isOneField(ByteString text) {
    return text.indexOf((byte) '\t', 0) < 0 && text.indexOf((byte) '\n', 0) < 0;
  }

  private static ByteString line(ByteString text) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(text.length() + 1);
    line.writeBytes(text.toByteArray());
    line.write('\n');
    return ByteString.copyOf(line.toByteArray());
  }

  /** Quotes a name as Mercurial does: letters, digits and {@code _.-~/} stay as they are. */
  static void quote(ByteString name, ByteArrayOutputStream target) {
    for (int i = 0; i < name.length(); i++) {
      int c = name.at(i) & 0xff;
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "_.-~/".indexOf(c) >= 0);
      if (plain) {
        target.write(c);
      } else {
        target.write('%');
        target.write(HEX.charAt(c >> 4));
        target.write(HEX.charAt(c & 15));
      }
    }
  }
}

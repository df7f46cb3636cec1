// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.version1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.PeerText;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.BranchmapRequest;
import org.hgwire.core.command.BranchmapResponse;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.HeadsResponse;
import org.hgwire.core.command.KnownRequest;
import org.hgwire.core.command.KnownResponse;
import org.hgwire.core.command.ListkeysRequest;
import org.hgwire.core.command.ListkeysResponse;
import org.hgwire.core.command.LookupRequest;
import org.hgwire.core.command.LookupResponse;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PushkeyRequest;
import org.hgwire.core.command.PushkeyResponse;

/**
 * The texts of responses (wireprotocol, Commands) as the values that version 2 has for them.
 * Malformed ones end in a {@link WireProtocolException} with code BAD_RESPONSE.
 */
public final class ResponseTexts {
  private static final int DIGITS = 2 * Node.BYTES;

  private ResponseTexts() {}

  /**
   * Returns the value that a text stands for.
   *
   * @param command the name of the command
   * @throws RefusedLookupException if it is the response to a lookup that found nothing
   */
  public static CborValue read(String command, ByteString text) throws RefusedLookupException {
    return switch (command) {
      case HeadsRequest.COMMAND -> new HeadsResponse(nodes(line(text))).toCbor();
      case KnownRequest.COMMAND -> known(line(text));
      case LookupRequest.COMMAND -> lookup(line(text));
      case BranchmapRequest.COMMAND -> branchmap(text);
      case ListkeysRequest.COMMAND -> listkeys(text);
      case PushkeyRequest.COMMAND -> pushkey(text);
      default -> new CborBytes(text);
    };
  }

  private static CborValue known(ByteString digits) {
    try {
      return new KnownResponse(digits).toCbor();
    } catch (IllegalArgumentException e) {
      throw malformed("it has other digits than 0 and 1");
    }
  }

  /** "1 &lt;hex node&gt;\n" or "0 &lt;error string&gt;\n". */
  private static CborValue lookup(ByteString line) throws RefusedLookupException {
    int space = line.indexOf((byte) ' ', 0);
    String found = space < 0 ? "" : line.substring(0, space).utf8();
    ByteString rest = line.substring(space + 1, line.length());
    if (found.equals("0")) {
      throw new RefusedLookupException(PeerText.line(rest.utf8()));
    }
    if (!found.equals("1")) {
      throw malformed("it begins neither with 0 nor with 1");
    }
    return new LookupResponse(node(rest)).toCbor();
  }

  /** "Lines with URL encoded branch names followed by a space followed by … heads." */
  private static CborValue branchmap(ByteString text) {
    Map<ByteString, List<Node>> branches = new LinkedHashMap<>();
    for (ByteString line : split(text, '\n')) {
      int space = line.indexOf((byte) ' ', 0);
      if (space < 0) {
        throw malformed("a branch has no heads");
      }
      ByteString name = unquoted(line.substring(0, space));
      if (branches.put(name, nodes(line.substring(space + 1, line.length()))) != null) {
        throw malformed("the branch " + name + " is there twice");
      }
    }
    return new BranchmapResponse(branches).toCbor();
  }

  /** "Key-value pairs are delimited by newlines. Within each line, … separated by a tab." */
  private static CborValue listkeys(ByteString text) {
    Map<ByteString, ByteString> pairs = new LinkedHashMap<>();
    for (ByteString line : split(text, '\n')) {
      int tab = line.indexOf((byte) '\t', 0);
      if (tab < 0) {
        throw malformed("a key has no value");
      }
      if (pairs.put(line.substring(0, tab), line.substring(tab + 1, line.length())) != null) {
        throw malformed("the key " + line.substring(0, tab) + " is there twice");
      }
    }
    return new ListkeysResponse(pairs).toCbor();
  }

  /** "A string encoded integer followed by a newline followed by additional server output." */
  private static CborValue pushkey(ByteString text) {
    int newline = text.indexOf((byte) '\n', 0);
    String number = (newline < 0 ? text : text.substring(0, newline)).utf8();
    try {
      return new PushkeyResponse(Integer.parseInt(number) != 0).toCbor();
    } catch (NumberFormatException e) {
      throw malformed("it does not begin with a number");
    }
  }

  /** Returns the text without the newline at its end. */
  private static ByteString line(ByteString text) {
    int end = text.length();
    return end > 0 && text.at(end - 1) == '\n' ? text.substring(0, end - 1) : text;
  }

  private static List<Node> nodes(ByteString text) {
    List<Node> nodes = new ArrayList<>((text.length() + 1) / (DIGITS + 1));
    for (ByteString hex : split(text, ' ')) {
      nodes.add(node(hex));
    }
    return nodes;
  }

  private static Node node(ByteString hex) {
    try {
      return Node.fromHex(hex.utf8());
    } catch (IllegalArgumentException e) {
      throw malformed("it has " + PeerText.excerpt(hex.utf8()) + " in place of a node");
    }
  }

  /** Returns the pieces between delimiters that are not empty. */
  private static List<ByteString> split(ByteString text, char delimiter) {
    List<ByteString> pieces = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int found = text.indexOf((byte) delimiter, from);
      int end = found < 0 ? text.length() : found;
      if (end > from) {
        pieces.add(text.substring(from, end));
      }
      from = end + 1;
    }
    return pieces;
  }

  private static ByteString unquoted(ByteString quoted) {
    if (quoted.indexOf((byte) '%', 0) < 0) {
      return quoted;
    }
    ByteArrayOutputStream plain = new ByteArrayOutputStream(quoted.length());
    for (int i = 0; i < quoted.length(); i++) {
      int c = quoted.at(i);
      if (c == '%') {
        int high = i + 2 < quoted.length() ? Character.digit(quoted.at(i + 1), 16) : -1;
        int low = i + 2 < quoted.length() ? Character.digit(quoted.at(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw malformed("the name of a branch has an invalid escape");
        }
        c = high << 4 | low;
        i += 2;
      }
      plain.write(c);
    }
    return ByteString.copyOf(plain.toByteArray());
  }

  private static WireProtocolException malformed(String why) {
    return WireProtocolException.request(WireErrorCode.BAD_RESPONSE, why);
  }
}

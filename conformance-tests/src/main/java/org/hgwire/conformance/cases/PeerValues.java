// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectTarget;

/**
 * What cases name without knowing it: a target of redirects of the peer, and a request that the
 * peer redirects. See {@link CaseNotation} for the names.
 *
 * @param command the command of the request
 * @param request the entries of its map, as a Python literal without braces
 * @param target the target
 * @param hashes the names of the hashes that the peer advertises
 */
public record PeerValues(
    String command, String request, RedirectTarget target, List<ByteString> hashes) {
  /** Stands for the values of a peer that is not known yet. */
  public static final PeerValues SAMPLE =
      new PeerValues(
          "heads",
          "b'name': b'heads'",
          new RedirectTarget(
              ByteString.utf8("sample"),
              ByteString.utf8("https"),
              List.of(ByteString.utf8("https://content.example.com/")),
              false,
              List.of()),
          List.of(ByteString.utf8("sha256")));

  /** Copies the list. */
  public PeerValues {
    hashes = List.copyOf(hashes);
  }

  /** Returns what stands for each name. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("command", command);
    texts.put("request", request);
    texts.put("target", escaped(target.name()));
    texts.put("protocol", target.protocol().utf8());
    texts.put("uris", list(target.uris()));
    texts.put("hashes", list(hashes));
    return texts;
  }

  private static String list(List<ByteString> strings) {
    return strings.stream().map(next -> "b'" + escaped(next) + "'").toList().toString();
  }

  private static String escaped(ByteString bytes) {
    return bytes.hex().replaceAll("..", "\\\\x$0");
  }
}

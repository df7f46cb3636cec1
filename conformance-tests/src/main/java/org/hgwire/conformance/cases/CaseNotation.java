// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.util.List;

/**
 * The notation in which cases are kept.
 *
 * <pre>
 * case frame/length-24-bit
 * title A frame of 65,536 bytes is read as one of 65,536 bytes
 * level MUST
 * text wireprotocolrpc The words of the sentence that is tested
 * cause The third byte of the length is multiplied by 16,384 instead of 65,536.
 * needs known
 * &gt; POST ro/heads
 * &gt;| 1 1 stream-begin command-request new cbor:{b'name': b'heads'}
 * &lt; completes 1
 * &lt; objects 1 cbor:[[b'{node:r9}', b'{node:r8}']]
 * </pre>
 *
 * <p>Blank lines separate cases, {@code #} begins a comment. {@code needs} is followed by {@code
 * known}, {@code command NAME}, {@code encoding NAME}, {@code capability NAME} or {@code redirect};
 * see {@link Need}.
 *
 * <p>A request is {@code >} with method and target, headers, and a body as in {@link
 * org.hgwire.conformance.transcript.Transcript}: {@code >|} a frame, {@code >x} bytes in
 * hexadecimal, {@code >"} a line of text, {@code >'} text without the end of the line. A target
 * that begins with a question mark or {@code api/} is relative to the URL of the repository, with a
 * slash to its host, any other to the API of version 2. {@code > cut N} sends N bytes of the body
 * and half closes the connection.
 *
 * <p>In any line <code>{node:NAME}</code> stands for a node of the known repository as escaped
 * bytes, <code>{hex:NAME}</code> for its hexadecimal digits, and <code>{repeat:N:TEXT}</code> for a
 * text N times. <code>{target}</code> is the name of a target of redirects that the peer has, as
 * escaped bytes, <code>{protocol}</code> its protocol, <code>{uris}</code> the list of its URIs,
 * <code>{hashes}</code> that of the names of the hashes that the peer advertises; <code>{request}
 * </code> are the entries of the map of a request that the peer redirects, <code>{command}</code>
 * its command.
 *
 * <p>Expectations, each after {@code <}; one line may have alternatives, joined by {@code or}:
 *
 * <ul>
 *   <li>responses of version 2: {@code completes N} (the response to request N, with status ok),
 *       {@code objects N cbor:[…]} (exactly these), {@code count N K}, {@code contains N LITERAL}
 *       (one of them equals it, or is a map that has all its entries), {@code fails N [with TEXT]},
 *       {@code responds N} (completes or fails), {@code encoded N NAME}
 *   <li>redirects: {@code redirects N} (the response to request N is a status of redirect with a
 *       location, and nothing else), {@code location N RULE}, see {@link LocationRule}, {@code
 *       content N RULE}, for which the location is fetched, see {@link ContentRule}, and of the
 *       capabilities, or the handshake, {@code targets RULE}, see {@link TargetRule}. Where a
 *       redirect is expected of a peer that needs not redirect, and it responds inline, the case is
 *       skipped
 *   <li>{@code refused}: nothing ran, and the server says so: a status from 400 to 499, 200 with
 *       {@code text/plain}, or errors only
 *   <li>{@code error}: the same of version 1: {@code application/hg-error}, or a status from 400 to
 *       499
 *   <li>HTTP: {@code closes} (the connection, without a response), {@code status N}, {@code header
 *       NAME [VALUE]}, {@code type MEDIA/TYPE}, and of the decoded body {@code text "…"}, {@code
 *       matches REGEX}, {@code has TEXT}, {@code lacks TEXT}, {@code unsent HEX}
 *   <li>bundles: {@code bundle} (it can be read to its end), {@code changesets N}, {@code nodes
 *       NAME,…}, {@code parts NAME,…}, {@code version NN}, {@code media 0.1|0.2 COMPRESSION},
 *       {@code phases PHASE:NAME,…}, {@code keys NAMESPACE KEY=VALUE…}
 *   <li>{@code serves}: a further request for the capabilities is answered with status 200. If this
 *       is all that is expected, the connection may also be closed without a response
 * </ul>
 */
public final class CaseNotation {
  private CaseNotation() {}

  /**
   * Reads cases for a peer that is not known.
   *
   * @param text the cases
   * @param source where they are from, for errors
   * @throws IllegalArgumentException if {@code text} is not in the notation
   */
  public static List<ConformanceCase> parse(String text, String source) {
    return parse(text, source, PeerValues.SAMPLE);
  }

  /** Reads cases for a peer that has {@code values}. */
  static List<ConformanceCase> parse(String text, String source, PeerValues values) {
    KnownNodes names = new KnownNodes();
    Macros macros = new Macros(names, values.texts());
    ExpectationNotation expectations = new ExpectationNotation(names);
    return CaseFile.read(text, source, id -> new CaseBuilder(id, macros, expectations));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.transcript;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hgwire.core.ByteString;

/**
 * A sequence of HTTP exchanges as text.
 *
 * <pre>
 * # a comment
 * &gt; POST /api/exp-http-v2-0003/ro/heads
 * &gt; content-type: application/mercurial-exp-framing-0006
 * &gt;| 1 1 stream-begin command-request new cbor:{h'6e616d65':h'6865616473'}
 * &lt; 200
 * &lt; content-type: application/mercurial-exp-framing-0006
 * &lt;x 09000001000201
 *
 * &gt; GET /?cmd=lookup
 * &gt; x-hgarg-1: key=tip
 * &lt; 200
 * &lt; content-type: application/mercurial-0.1
 * &lt;" 1 08989a7057d963aab6f2b4ac6bd8c3ffcbd1e1a1
 * </pre>
 *
 * <p>{@code >} precedes what the client sent, {@code <} what the server sent. A body consists of
 * lines with {@code |}, each a frame in text notation if that encodes to the same bytes, lines with
 * {@code x}, bytes in hexadecimal, if it does not, and, where all of it is text, lines with {@code
 * "}, a line with its newline, and {@code '}, the last one if it has none. The lines of a body are
 * concatenated. Only headers with a meaning in the protocol are kept.
 *
 * @param exchanges the exchanges, in order
 */
public record Transcript(List<Exchange> exchanges) {
  private static final Set<String> HEADERS = Set.of("accept", "allow", "content-type", "vary");

  /** What the names of the headers begin with that only this protocol has. */
  private static final String OWN_HEADERS = "x-hg";

  /** Copies the list. */
  public Transcript {
    exchanges = List.copyOf(exchanges);
  }

  /**
   * Reads one of the transcripts in this module, such as {@code commands-zlib} or {@code
   * version1/6.3.2/clone}.
   */
  public static Transcript named(String name) {
    String resource = "/org/hgwire/conformance/transcripts/" + name + ".txt";
    try (InputStream input = Transcript.class.getResourceAsStream(resource)) {
      if (input == null) {
        throw new IllegalArgumentException("there is no transcript " + name);
      }
      return parse(new String(input.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a transcript.
   *
   * @throws IllegalArgumentException if {@code text} is not a transcript
   */
  public static Transcript parse(String text) {
    List<Exchange> exchanges = new ArrayList<>();
    Iterator<String> lines =
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).iterator();
    Side request = null;
    Side response = null;
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.startsWith("> ") && (request == null || response != null)) {
        if (request != null && response != null) {
          exchanges.add(exchange(request, response));
        }
        request = new Side(line.substring(2));
        response = null;
      } else if (request != null && line.startsWith("< ") && response == null) {
        response = new Side(line.substring(2));
      } else if (request != null && line.startsWith(">") && response == null) {
        request.add(line);
      } else if (response != null && line.startsWith("<")) {
        response.add(line);
      } else {
        throw new IllegalArgumentException("this line of a transcript is misplaced: " + line);
      }
    }
    if (request != null && response != null) {
      exchanges.add(exchange(request, response));
    }
    return new Transcript(exchanges);
  }

  /** Returns the text, which begins with {@code comment}. */
  public String print(String comment) {
    StringBuilder text = new StringBuilder();
    comment.lines().forEach(line -> text.append("# ").append(line).append('\n'));
    for (Exchange exchange : exchanges) {
      text.append("\n> ").append(exchange.method()).append(' ').append(exchange.target());
      text.append('\n');
      printSide(text, '>', exchange.requestHeaders(), exchange.requestBody());
      text.append("< ").append(exchange.status()).append('\n');
      printSide(text, '<', exchange.responseHeaders(), exchange.responseBody());
    }
    return text.toString();
  }

  private static void printSide(
      StringBuilder text, char side, Map<String, String> headers, ByteString body) {
    headers.forEach(
        (name, value) -> {
          if (HEADERS.contains(name) || name.startsWith(OWN_HEADERS)) {
            text.append(side).append(' ').append(name).append(": ").append(value).append('\n');
          }
        });
    BodyNotation.print(text, side, headers.getOrDefault("content-type", ""), body);
  }

  private static Exchange exchange(Side request, Side response) {
    String[] start = request.start.split(" ", 2);
    if (start.length != 2) {
      throw new IllegalArgumentException("not a request: " + request.start);
    }
    return new Exchange(
        start[0],
        start[1],
        request.headers,
        request.bytes(),
        Integer.parseInt(response.start),
        response.headers,
        response.bytes());
  }

  private static final class Side {
    final String start;
    final Map<String, String> headers = new TreeMap<>();
    final ByteArrayOutputStream body = new ByteArrayOutputStream();

    Side(String start) {
      this.start = start;
    }

    ByteString bytes() {
      return ByteString.copyOf(body.toByteArray());
    }

    void add(String line) {
      ByteString bytes = BodyNotation.parse(line.substring(1));
      if (bytes != null) {
        body.writeBytes(bytes.toByteArray());
      } else if (line.startsWith(" ", 1) && line.indexOf(": ") > 0) {
        int colon = line.indexOf(": ");
        headers.put(line.substring(2, colon), line.substring(colon + 2));
      } else {
        throw new IllegalArgumentException("not a line of a transcript: " + line);
      }
    }
  }
}

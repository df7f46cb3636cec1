// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hgwire.conformance.exchange.CommandResponse;
import org.hgwire.conformance.exchange.FramedResponse;
import org.hgwire.conformance.exchange.HttpResponse;
import org.hgwire.conformance.exchange.ServerAnswer;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.DiagnosticNotation;

/**
 * What a server made of the frames that a client posted, without the words of messages and the
 * order of objects.
 *
 * @param kind what the response is as a whole
 * @param responses what became of each request that it has something about
 * @param text the body if it is text, for people
 */
record FrameOutcome(Kind kind, NavigableMap<Integer, Result> responses, String text) {
  /** What a response is as a whole. */
  enum Kind {
    /** Frames. */
    FRAMES,
    /** Frames that break a rule. */
    BAD_FRAMES,
    /** The request is refused, in text. */
    REFUSED,
    /** The server failed: status 500. */
    CRASHED,
    /** None, or not in time. */
    NONE
  }

  /**
   * What became of one request.
   *
   * @param isError whether there is an error, in whatever form
   * @param isComplete whether it ends
   * @param objects the objects, each with the data that follows it, sorted
   * @param words what the error says, for people
   */
  record Result(boolean isError, boolean isComplete, List<String> objects, String words) {
    boolean isLike(Result other) {
      return isError == other.isError
          && isComplete == other.isComplete
          && objects.equals(other.objects);
    }
  }

  /** Reads a response. */
  static FrameOutcome of(ServerAnswer answer) {
    HttpResponse http = answer.http();
    NavigableMap<Integer, Result> responses = new TreeMap<>();
    String text = http.status() + " " + http.mediaType() + " " + http.body().utf8().strip();
    if (http.status() == HttpResponse.NONE) {
      return new FrameOutcome(Kind.NONE, responses, text);
    }
    if (http.status() >= 500) {
      return new FrameOutcome(Kind.CRASHED, responses, text);
    }
    if (http.status() != 200 || !answer.isFramed()) {
      return new FrameOutcome(Kind.REFUSED, responses, text);
    }
    FramedResponse framed = answer.framed();
    framed.responses().forEach((id, response) -> responses.put(id, result(response)));
    return framed.fault() == null
        ? new FrameOutcome(Kind.FRAMES, responses, "")
        : new FrameOutcome(Kind.BAD_FRAMES, responses, framed.fault());
  }

  private static Result result(CommandResponse response) {
    String failure = response.failure();
    return failure == null
        ? new Result(false, response.hasEnded(), lines(response.objects()), "")
        : new Result(true, response.hasEnded(), List.of(), failure);
  }

  private static List<String> lines(List<CborValue> objects) {
    List<String> lines = new ArrayList<>();
    Iterator<CborValue> each = objects.iterator();
    while (each.hasNext()) {
      CborValue object = each.next();
      StringBuilder line = new StringBuilder(sorted(object));
      if (object instanceof CborMap map && map.get("fieldsfollowing") instanceof CborArray fields) {
        for (int i = 0; i < fields.items().size() && each.hasNext(); i++) {
          line.append(' ').append(sorted(each.next()));
        }
      }
      lines.add(line.toString());
    }
    lines.sort(null);
    return lines;
  }

  /** Returns the value in notation, with its keys and members in the order of the protocol. */
  static String sorted(CborValue value) {
    return DiagnosticNotation.print(
        value instanceof CborBytes
            ? value
            : CborDecoder.decodeOne(
                CborEncoder.encode(value).asByteBuffer(), WireLimits.defaults()));
  }

  /** Returns whether it is an error, or has one for a request. */
  boolean isError() {
    return kind == Kind.REFUSED
        || (kind == Kind.FRAMES && responses.values().stream().anyMatch(Result::isError));
  }

  /** Returns what its errors say, a line each. */
  String errors() {
    return responses.values().stream().map(Result::words).collect(Collectors.joining("\n"));
  }

  boolean isLike(FrameOutcome other) {
    if (kind != other.kind || !responses.keySet().equals(other.responses.keySet())) {
      return false;
    }
    return responses.entrySet().stream()
        .allMatch(each -> each.getValue().isLike(other.of(each.getKey())));
  }

  /** Returns what became of a request that it has something about. */
  Result of(int id) {
    return Objects.requireNonNull(responses.get(id));
  }

  @Override
  public String toString() {
    StringBuilder lines = new StringBuilder(kind + " " + text + "\n");
    responses.forEach((id, result) -> lines.append("    " + id + ": " + result + "\n"));
    return lines.toString();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.conformance.exchange.FaultPlace;
import org.hgwire.conformance.exchange.HttpResponse;
import org.hgwire.conformance.exchange.ServerAnswer;
import org.hgwire.conformance.report.Mark;
import org.hgwire.conformance.transcript.BodyNotation;

/**
 * A response in the notation of transcripts, and where in it a fault is.
 *
 * @param lines the lines; of long bodies the first ones
 * @param marks what to look at if the response is not as expected
 */
record ResponseLines(List<String> lines, List<Mark> marks) {
  /**
   * Returns the lines of an answer.
   *
   * @param places where it is not as expected, as far as that is known
   */
  static ResponseLines of(ServerAnswer answer, List<FaultPlace> places) {
    HttpResponse http = answer.http();
    List<String> lines = new ArrayList<>();
    if (http.status() != HttpResponse.NONE) {
      lines.add("< " + http.status());
    }
    http.headers().forEach((name, value) -> lines.add("< " + name + ": " + value));
    int head = lines.size();
    lines.addAll(BodyNotation.excerpt('<', http.mediaType(), http.body()));
    if (http.broken() != null) {
      lines.add("# " + http.broken());
    }
    List<Mark> known = new FaultMarks(answer, lines, head).of(places);
    List<Mark> marks = known.isEmpty() ? marks(answer, lines, head) : known;
    answer.content().responses().forEach((url, content) -> addContent(url, content, lines));
    return new ResponseLines(lines, marks);
  }

  private static void addContent(URI url, HttpResponse content, List<String> lines) {
    lines.add("# from " + url);
    lines.add("< " + content.status());
    content.headers().forEach((name, value) -> lines.add("< " + name + ": " + value));
    lines.addAll(BodyNotation.excerpt('<', content.mediaType(), content.body()));
  }

  /**
   * Returns the frame with the fault, else the status, if it is one of a failure, else the body.
   */
  private static List<Mark> marks(ServerAnswer answer, List<String> lines, int head) {
    int first = head;
    int end = lines.size();
    if (answer.http().status() != 200) {
      first = 0;
      end = 1;
    } else if (answer.isFramed() && answer.framed().fault() != null) {
      // The fault is in the last frame that was read, or in the bytes behind it.
      int frame = Math.max(answer.framed().frames().size() - 1, 0);
      first = Math.min(head + frame, lines.size() - 1);
    } else if (first == end) {
      first = 0;
      end = 1;
    }
    List<Mark> marks = new ArrayList<>();
    for (int line = first; line < end; line++) {
      int begin = Math.min(lines.get(line).startsWith("< ") ? 2 : 3, lines.get(line).length());
      if (begin < lines.get(line).length()) {
        marks.add(new Mark(Mark.Side.RECEIVED, line, begin, lines.get(line).length()));
      }
    }
    return marks;
  }
}

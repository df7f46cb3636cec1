// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.util.ArrayList;
import java.util.List;
import org.hgwire.conformance.exchange.FaultPlace;
import org.hgwire.conformance.exchange.ServerAnswer;
import org.hgwire.conformance.report.Mark;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameHeader;

/** Finds parts of a response in its lines. */
final class FaultMarks {
  /** The length of {@code "<| "}, which precedes each line of a body. */
  private static final int SIDE = 3;

  private final ServerAnswer answer;
  private final List<String> lines;
  private final int head;

  /** Makes marks for {@code lines}, of which the first {@code head} are status and headers. */
  FaultMarks(ServerAnswer answer, List<String> lines, int head) {
    this.answer = answer;
    this.lines = lines;
    this.head = head;
  }

  /** Returns marks of what the lines have of {@code places}. */
  List<Mark> of(List<FaultPlace> places) {
    List<Mark> marks = new ArrayList<>();
    for (FaultPlace place : places) {
      if (place instanceof FaultPlace.Status) {
        header("< ", 0, marks);
      } else if (place instanceof FaultPlace.Header header) {
        for (int line = 1; line < head; line++) {
          header("< " + header.name() + ": ", line, marks);
        }
      } else if (place instanceof FaultPlace.FrameField field) {
        field(head + field.frame(), field.field(), marks);
      } else if (place instanceof FaultPlace.BodyBytes bytes) {
        bytes(bytes, marks);
      }
    }
    return marks;
  }

  private void header(String prefix, int line, List<Mark> marks) {
    if (line < head && lines.get(line).startsWith(prefix)) {
      mark(line, prefix.length(), lines.get(line).length(), marks);
    }
  }

  private void field(int line, FaultPlace.Field field, List<Mark> marks) {
    if (line >= lines.size() || !lines.get(line).startsWith("<| ")) {
      return;
    }
    String text = lines.get(line);
    int from = SIDE;
    for (FaultPlace.Field before : FaultPlace.Field.values()) {
      if (before == field) {
        break;
      }
      from = text.indexOf(' ', from) + 1;
    }
    int space = field == FaultPlace.Field.PAYLOAD ? -1 : text.indexOf(' ', from);
    mark(line, from, space < 0 ? text.length() : space, marks);
  }

  private void bytes(FaultPlace.BodyBytes bytes, List<Mark> marks) {
    int line = head;
    int at = 0;
    if (answer.isFramed()) {
      for (Frame frame : answer.framed().frames()) {
        at += FrameHeader.BYTES + frame.header().payloadLength();
        line++;
      }
    }
    for (; line < lines.size() && !lines.get(line).startsWith("#"); line++) {
      String text = lines.get(line);
      int width = text.startsWith("<x") ? 2 : 1;
      int length = (text.length() - SIDE) / width;
      int from = Math.max(bytes.from() - at, 0);
      int to = Math.min(bytes.to() - at, length);
      mark(line, SIDE + width * from, SIDE + width * to, marks);
      at += length + (text.startsWith("<\"") ? 1 : 0);
    }
  }

  private static void mark(int line, int from, int to, List<Mark> marks) {
    if (from > 0 && from < to) {
      marks.add(new Mark(Mark.Side.RECEIVED, line, from, to));
    }
  }
}

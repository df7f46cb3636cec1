// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.util.List;
import org.hgwire.core.frame.StreamFlags;

/** Faults in the reading and writing of frames, and of their streams. */
final class FrameMutants {
  private static final String CASES = "frame/*";

  private FrameMutants() {}

  static List<Mutant> all() {
    return List.of(
        of(
            "the second byte of a length is not read",
            Fault.frames(
                RawFrame.each(
                    next ->
                        next.payload().length() < 256
                            ? next
                            : next.withPayload(
                                next.payload().substring(0, next.payload().length() & 0xff))))),
        of("frames of 64 KiB and more are taken", new UncheckedRule("at most 65535 are allowed")),
        of("only the first frame is read", Fault.frames(frames -> frames.subList(0, 1))),
        of(
            "the high byte of a request id is lost",
            Fault.sends(RawFrame.each(next -> next.withRequest(next.request() & 0xff)))),
        of(
            "even request ids are taken for the next odd one",
            Fault.frames(RawFrame.each(next -> next.withRequest(next.request() | 1)))),
        of("request ids must grow", Fault.refusesFrames(FrameMutants::requestsGoBack)),
        of(
            "streams of the server are taken for those of the client",
            Fault.frames(RawFrame.each(next -> next.withStream(next.stream() | 1)))),
        of(
            "ids of streams are signed",
            Fault.refusesFrames(RawFrame.any(next -> next.stream() > Byte.MAX_VALUE))),
        of(
            "the stream has the id of its request",
            Fault.refusesFrames(frames -> frames.get(0).stream() != frames.get(0).request())),
        of("streams need not begin", new UncheckedRule("is on a stream that is not open")),
        of("streams begin at any time", new UncheckedRule("begins a stream that is open already")),
        of(
            "the end of a stream is not known",
            Fault.refusesFrames(RawFrame.any(next -> next.onStream(StreamFlags.END)))),
        of("the end of one stream ends all", Fault.frames(RawFrame::toTheFirstEnd)),
        of("a stream begins only once", Fault.refusesFrames(RawFrame::beginsAgain)),
        of("a request stays on its stream", Fault.refusesFrames(FrameMutants::changesStream)),
        of("a stream is for one request", Fault.refusesFrames(FrameMutants::streamIsShared)),
        of(
            "undefined flags of streams are cleared",
            Fault.frames(RawFrame.each(next -> next.withStreamFlags(next.streamFlags() & 7)))),
        of(
            "frames of undefined types are skipped",
            new UncheckedRule("is of a type that is not defined")),
        of(
            "frames that only servers send are skipped",
            new UncheckedRule("cannot be the first frame of an exchange")),
        of("a header that is cut is ignored", new UncheckedRule("bytes of a frame header")),
        of("a payload may be cut", new UncheckedRule("bytes of a frame's payload")),
        of("a body may be empty", new UncheckedRule("the request body has no command")),
        of(
            "empty frames are refused",
            Fault.refusesFrames(RawFrame.any(next -> next.payload().isEmpty()))),
        of(
            "responses are on a stream of the client",
            Fault.sends(RawFrame.each(next -> next.withStream(next.stream() + 1)))),
        of(
            "streams of responses do not begin",
            Fault.sends(
                RawFrame.each(
                    next -> next.withStreamFlags(next.streamFlags() & ~StreamFlags.BEGIN)))));
  }

  private static Mutant of(String name, Fault fault) {
    return new Mutant(CASES, name, fault);
  }

  private static boolean requestsGoBack(List<RawFrame> frames) {
    int last = 0;
    for (RawFrame next : frames) {
      if (next.request() < last) {
        return true;
      }
      last = next.request();
    }
    return false;
  }

  private static boolean changesStream(List<RawFrame> frames) {
    return RawFrame.any(
            first ->
                RawFrame.any(
                        second ->
                            first.request() == second.request()
                                && first.stream() != second.stream())
                    .test(frames))
        .test(frames);
  }

  private static boolean streamIsShared(List<RawFrame> frames) {
    return RawFrame.any(
            first ->
                RawFrame.any(
                        second ->
                            first.request() != second.request()
                                && first.stream() == second.stream())
                    .test(frames))
        .test(frames);
  }
}

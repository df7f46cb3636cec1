// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;

/** Faults in what becomes of several requests, and in how responses are sent. */
final class ReactorMutants {
  private static final String CASES = "reactor/*";
  private static final int RESPONSE = FrameType.COMMAND_RESPONSE.code();

  private ReactorMutants() {}

  static List<Mutant> all() {
    return List.of(
        of("only fifty requests are answered", Fault.sends(ReactorMutants::first50)),
        of("one error fails all requests", new ErrorForAll()),
        of("an error ends the exchange", Fault.sends(ReactorMutants::toTheFirstError)),
        of(
            "a malformed request ends in an exception",
            Fault.crashes(
                call ->
                    new String(call.body().toByteArray(), StandardCharsets.ISO_8859_1)
                        .contains("\u0080"))),
        of("the arguments of the last request are those of all", new LastArguments()),
        of(
            "what follows a refused frame is run",
            new UncheckedRule("while that request was not being received")),
        of(
            "errors do not say what they are about",
            Fault.sends(
                RawFrame.each(
                    next -> next.withPayload(masked(next.payload(), "no-such-revision"))))),
        of(
            "responses in several frames lack their end",
            Fault.sends(
                RawFrame.each(
                    next ->
                        next.is(RESPONSE, FrameType.EOS) && next.payload().length() > 1000
                            ? next.withFlags(FrameType.CONTINUATION)
                            : next))),
        of("of a response only the first frame is sent", Fault.sends(ReactorMutants::oneOfEach)),
        of(
            "an empty byte string is not sent",
            Fault.sends(
                RawFrame.each(
                    next ->
                        next.payload().length() > 1
                                && next.payload().at(next.payload().length() - 1) == '@'
                            ? next.withPayload(
                                next.payload().substring(0, next.payload().length() - 1))
                            : next))),
        of(
            "a stream that ends in a request ends the request",
            Fault.refusesFrames(
                RawFrame.any(
                    next ->
                        next.onStream(StreamFlags.END)
                            && next.is(
                                FrameType.COMMAND_REQUEST.code(), FrameType.REQUEST_MORE)))));
  }

  private static Mutant of(String name, Fault fault) {
    return new Mutant(CASES, name, fault);
  }

  private static List<RawFrame> first50(List<RawFrame> frames) {
    return frames.stream().filter(next -> next.request() < 100).toList();
  }

  private static boolean isError(RawFrame frame) {
    return frame.type() == FrameType.ERROR_RESPONSE.code()
        || RequestMutants.latin1(frame).contains("FstatusEerror");
  }

  private static List<RawFrame> toTheFirstError(List<RawFrame> frames) {
    List<RawFrame> before = new ArrayList<>();
    for (RawFrame next : frames) {
      before.add(next);
      if (isError(next)) {
        break;
      }
    }
    return before;
  }

  private static List<RawFrame> oneOfEach(List<RawFrame> frames) {
    Set<Integer> seen = new HashSet<>();
    return frames.stream()
        .filter(next -> next.type() != RESPONSE || seen.add(next.request()))
        .map(next -> next.type() == RESPONSE ? next.withFlags(FrameType.EOS) : next)
        .toList();
  }

  private static ByteString masked(ByteString payload, String text) {
    String latin1 =
        new String(payload.toByteArray(), StandardCharsets.ISO_8859_1)
            .replace(text, "?".repeat(text.length()));
    return ByteString.copyOf(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends the error of one request for each of them. */
  private static final class ErrorForAll implements Fault {
    @Override
    public Reply respond(Call call, Server sound) {
      return sound.respond(call).withFrames(ErrorForAll::errors);
    }

    private static List<RawFrame> errors(List<RawFrame> frames) {
      return frames.stream()
          .filter(ReactorMutants::isError)
          .findFirst()
          .map(
              error ->
                  RawFrame.each(
                          next ->
                              next.type() == RESPONSE || isError(next)
                                  ? error
                                      .withRequest(next.request())
                                      .withStreamFlags(next.streamFlags())
                                  : next)
                      .apply(frames))
          .orElse(frames);
    }
  }

  /** Runs every request of an exchange as the last one of them. */
  private static final class LastArguments implements Fault {
    @Override
    public Reply respond(Call call, Server sound) {
      return sound.respond(
          call.withFrames(
              frames ->
                  RawFrame.each(next -> next.withPayload(frames.get(frames.size() - 1).payload()))
                      .apply(frames)));
    }
  }
}

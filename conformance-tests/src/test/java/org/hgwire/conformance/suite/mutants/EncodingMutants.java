// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;

/** Faults in content encodings and the settings of streams, in both directions. */
final class EncodingMutants {
  private static final String CASES = "encoding/*";
  private static final int SETTINGS = FrameType.STREAM_SETTINGS.code();
  private static final int SENDER = FrameType.SENDER_PROTOCOL_SETTINGS.code();

  private EncodingMutants() {}

  static List<Mutant> all() {
    List<Mutant> mutants = new ArrayList<>();
    RequestMutants.unchecked(
        mutants,
        CASES,
        "damage of zlib data goes unnoticed",
        "the zlib data of a stream is damaged",
        "encoded data may be cut",
        "is not valid CBOR: the CBOR input ends",
        "what follows the end of encoded data is ignored",
        "bytes after its end",
        "the window of zstd is not limited",
        "needs a window larger than",
        "what is not zstd is taken as it is",
        "does not begin with a zstd frame",
        "unknown encodings are taken for identity",
        "which was not offered",
        "the name of an encoding need not be a byte string",
        "do not begin with the name of a content encoding",
        "settings of streams may be empty",
        "the stream settings are empty",
        "settings of streams may be cut",
        "a part of the stream settings is not valid CBOR",
        "the flags of settings of streams are not looked at",
        "flags of stream-settings frames must include",
        "settings of streams come at any time",
        "is not at the beginning of its stream, or is repeated",
        "other frames come within settings of streams",
        "before the end of the stream settings",
        "settings of streams need no end",
        "in the middle of the settings of stream");
    RequestMutants.unchecked(
        mutants,
        "encoding/*-bomb",
        "the decoded length of a value is not limited",
        "a value of more than the limit of",
        "the decoded size of a request is not limited",
        "the size in bytes of a command request exceeds");
    refuses(mutants, "streams of identity", any(next -> names(next, "identity")));
    refuses(mutants, "streams of zlib", any(next -> names(next, "zlib")));
    refuses(mutants, "streams of zstd", any(next -> names(next, "zstd-8mb")));
    refuses(
        mutants,
        "frames with the flag encoded on streams without settings",
        frames ->
            !any(next -> next.type() == SETTINGS).test(frames)
                && any(next -> next.onStream(StreamFlags.ENCODED)).test(frames));
    mutants.add(
        new Mutant(
            CASES,
            "each frame is decoded by itself",
            Fault.refusesFrames(frames -> encoded(frames) > streams(frames))));
    refuses(
        mutants,
        "plain frames on encoded streams",
        frames ->
            encoded(frames) > 0
                && any(next ->
                        next.is(FrameType.COMMAND_REQUEST.code(), FrameType.REQUEST_NEW)
                            && !next.onStream(StreamFlags.ENCODED))
                    .test(frames));
    refuses(mutants, "second encoded streams", frames -> streams(frames) > 1);
    refuses(
        mutants,
        "settings in several frames",
        any(next -> next.is(SETTINGS, FrameType.CONTINUATION)));
    mutants.add(
        new Mutant(
            CASES,
            "an encoded stream that began again is still encoded",
            Fault.refusesFrames(
                any(
                    next ->
                        next.onStream(StreamFlags.BEGIN | StreamFlags.ENCODED)
                            && next.request() > 1))));
    mutants.add(
        new Mutant(
            CASES,
            "responses are never encoded",
            Fault.frames(
                frames -> {
                  List<RawFrame> others =
                      frames.stream().filter(next -> next.type() != SENDER).toList();
                  return others.size() == frames.size()
                      ? frames
                      : RawFrame.each(
                              next ->
                                  next.equals(others.get(0))
                                      ? next.withStreamFlags(next.streamFlags() | StreamFlags.BEGIN)
                                      : next)
                          .apply(others);
                })));
    mutants.add(
        new Mutant(
            CASES,
            "settings of response streams are left out",
            Fault.sends(
                frames -> frames.stream().filter(next -> next.type() != SETTINGS).toList())));
    mutants.add(
        new Mutant(
            CASES,
            "encoded frames lack the flag",
            Fault.sends(
                RawFrame.each(
                    next -> next.withStreamFlags(next.streamFlags() & ~StreamFlags.ENCODED)))));
    mutants.add(
        new Mutant(
            CASES,
            "only the first response is sent",
            Fault.sends(
                frames ->
                    frames.stream()
                        .filter(next -> next.request() == frames.get(0).request())
                        .toList())));
    return mutants;
  }

  private static Predicate<List<RawFrame>> any(Predicate<RawFrame> condition) {
    return RawFrame.any(condition);
  }

  private static boolean names(RawFrame frame, String encoding) {
    return frame.type() == SETTINGS && RequestMutants.latin1(frame).endsWith(encoding);
  }

  private static long encoded(List<RawFrame> frames) {
    return frames.stream().filter(next -> next.onStream(StreamFlags.ENCODED)).count();
  }

  private static int streams(List<RawFrame> frames) {
    Set<Integer> streams = new HashSet<>();
    frames.stream()
        .filter(next -> next.type() == SETTINGS)
        .forEach(next -> streams.add(next.stream()));
    return streams.size();
  }

  private static void refuses(
      List<Mutant> mutants, String what, Predicate<List<RawFrame>> condition) {
    mutants.add(new Mutant(CASES, what + " are refused", Fault.refusesFrames(condition)));
  }
}

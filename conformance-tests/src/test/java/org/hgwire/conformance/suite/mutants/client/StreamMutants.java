// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.hgwire.conformance.suite.mutants.RawFrame;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;

/** Faults in the reading of streams. */
final class StreamMutants {
  private static final String CASES = "client/stream/*";

  private StreamMutants() {}

  static List<ClientMutant> all() {
    List<ClientMutant> mutants = new ArrayList<>();
    add(mutants, "streams begin with their first frame, whatever it says", StreamMutants::begun);
    add(mutants, "streams that are open begin again", StreamMutants::begunOnce);
    add(
        mutants,
        "the end of a stream is not looked at",
        frames -> begunOnce(RawFrame.each(next -> without(next, StreamFlags.END)).apply(frames)));
    refuses(
        mutants,
        "the end of a stream is not known",
        RawFrame.any(next -> next.onStream(StreamFlags.END)));
    add(mutants, "the end of a stream ends all", RawFrame::toTheFirstEnd);
    refuses(mutants, "a stream begins only once", RawFrame::beginsAgain);
    add(mutants, "a response has one stream, others are skipped", StreamMutants::onFirstStream);
    add(
        mutants,
        "streams of clients are taken for those of the server",
        RawFrame.each(next -> next.withStream(next.stream() + next.stream() % 2)));
    add(
        mutants,
        "undefined flags of streams are masked",
        RawFrame.each(next -> next.withStreamFlags(next.streamFlags() & StreamFlags.DEFINED)));
    refuses(
        mutants,
        "settings are refused unless a stream begins with them",
        RawFrame.any(
            next ->
                next.type() == FrameType.STREAM_SETTINGS.code()
                    && !next.onStream(StreamFlags.BEGIN)));
    return mutants;
  }

  private static void add(
      List<ClientMutant> mutants, String name, UnaryOperator<List<RawFrame>> change) {
    mutants.add(ClientMutant.ours(CASES, name, ClientFault.receivesFrames(change)));
  }

  private static void refuses(
      List<ClientMutant> mutants, String name, Predicate<List<RawFrame>> condition) {
    mutants.add(ClientMutant.ours(CASES, name, ClientFault.refusesFrames(name, condition)));
  }

  private static RawFrame without(RawFrame frame, int flag) {
    return frame.withStreamFlags(frame.streamFlags() & ~flag);
  }

  /** Begins each stream with its first frame. */
  static List<RawFrame> begun(List<RawFrame> frames) {
    Set<Integer> open = new HashSet<>();
    return RawFrame.each(
            next -> {
              boolean first = open.add(next.stream());
              if (next.onStream(StreamFlags.END)) {
                open.remove(next.stream());
              }
              return first ? next.withStreamFlags(next.streamFlags() | StreamFlags.BEGIN) : next;
            })
        .apply(frames);
  }

  private static List<RawFrame> begunOnce(List<RawFrame> frames) {
    Set<Integer> open = new HashSet<>();
    return RawFrame.each(
            next -> {
              boolean again = next.onStream(StreamFlags.BEGIN) && !open.add(next.stream());
              if (next.onStream(StreamFlags.END)) {
                open.remove(next.stream());
              }
              return again ? without(next, StreamFlags.BEGIN) : next;
            })
        .apply(frames);
  }

  private static List<RawFrame> onFirstStream(List<RawFrame> frames) {
    Map<Integer, Integer> streams = new HashMap<>();
    return frames.stream()
        .filter(
            next -> {
              Integer first = streams.putIfAbsent(next.request(), next.stream());
              return first == null || first == next.stream();
            })
        .toList();
  }
}

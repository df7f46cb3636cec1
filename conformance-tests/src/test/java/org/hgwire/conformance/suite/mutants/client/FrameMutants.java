// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.hgwire.conformance.suite.mutants.RawFrame;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.frame.FrameType;

/** Faults in the reading of frames. */
final class FrameMutants {
  private static final String CASES = "client/frame/*";
  private static final int RESPONSE = FrameType.COMMAND_RESPONSE.code();
  private static final Set<FrameType> SENT_BY_CLIENTS =
      EnumSet.of(
          FrameType.COMMAND_REQUEST, FrameType.COMMAND_DATA, FrameType.SENDER_PROTOCOL_SETTINGS);

  private FrameMutants() {}

  static List<ClientMutant> all() {
    List<ClientMutant> mutants = new ArrayList<>();
    add(mutants, "of a response the first frame is taken", FrameMutants::firstOfEach);
    refuses(mutants, "a value has to begin with a frame", FrameMutants::splitsValues);
    add(mutants, "an empty frame is the end of the input", FrameMutants::toTheFirstEmpty);
    refuses(mutants, "empty frames are refused", RawFrame.any(next -> next.payload().isEmpty()));
    mutants.add(
        ClientMutant.ours(
            CASES,
            "what the first read returns is taken for the body",
            (request, sound) -> ReceivedResponse.readOnce(sound.send(request)).toResponse()));
    add(
        mutants,
        "of the flags only the end is looked at",
        responses(
            next ->
                next.withFlags(next.is(RESPONSE, FrameType.EOS) ? FrameType.EOS : next.flags())));
    add(
        mutants,
        "what is not flagged as the end continues",
        responses(
            next -> next.withFlags(next.flags() == 0 ? FrameType.CONTINUATION : next.flags())));
    add(
        mutants,
        "undefined flags are masked",
        responses(next -> next.withFlags(next.flags() & (FrameType.CONTINUATION | FrameType.EOS))));
    add(
        mutants,
        "frames of undefined types are skipped",
        without(next -> FrameType.ofCode(next.type()) == null));
    add(
        mutants,
        "frames that only clients send are skipped",
        without(next -> SENT_BY_CLIENTS.contains(FrameType.ofCode(next.type()))));
    add(mutants, "frames of unknown requests are skipped", FrameMutants::withoutUnknown);
    add(mutants, "responses are counted, not looked up", FrameMutants::counted);
    add(mutants, "what follows the end of a response is skipped", FrameMutants::withoutTheEnded);
    add(mutants, "the end of the body ends a response", FrameMutants::ended);
    mutants.add(
        ClientMutant.plain(
            CASES,
            "what was announced is read, and the end not waited for",
            PlainClone.without(Check.ENDS)));
    mutants.add(
        ClientMutant.plain(
            CASES,
            "a response that fails is taken for a whole one",
            PlainClone.withoutCompleteness()));
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

  private static UnaryOperator<List<RawFrame>> responses(UnaryOperator<RawFrame> change) {
    return RawFrame.each(next -> next.type() == RESPONSE ? change.apply(next) : next);
  }

  static UnaryOperator<List<RawFrame>> without(Predicate<RawFrame> condition) {
    return frames -> frames.stream().filter(next -> !condition.test(next)).toList();
  }

  private static List<RawFrame> firstOfEach(List<RawFrame> frames) {
    Set<Integer> seen = new HashSet<>();
    return frames.stream()
        .filter(next -> next.type() != RESPONSE || seen.add(next.request()))
        .map(next -> next.type() == RESPONSE ? next.withFlags(FrameType.EOS) : next)
        .toList();
  }

  private static boolean splitsValues(List<RawFrame> frames) {
    CborDecoder decoder = new CborDecoder(WireLimits.defaults());
    for (RawFrame next : frames) {
      if (next.type() == RESPONSE) {
        if (decoder.insideValue()) {
          return true;
        }
        decoder.feed(next.payload().asByteBuffer());
        try {
          while (decoder.poll() != null) {}
        } catch (WireProtocolException malformed) {
          return false;
        }
      }
    }
    return false;
  }

  private static List<RawFrame> toTheFirstEmpty(List<RawFrame> frames) {
    return frames.stream().takeWhile(next -> !next.payload().isEmpty()).toList();
  }

  /** Requests of our client are numbered from 1, a few in an exchange. */
  private static List<RawFrame> withoutUnknown(List<RawFrame> frames) {
    return without(next -> next.request() > 100).apply(frames);
  }

  private static List<RawFrame> counted(List<RawFrame> frames) {
    Map<Integer, Integer> numbers = new HashMap<>();
    return RawFrame.each(
            next ->
                next.withRequest(
                    numbers.computeIfAbsent(next.request(), id -> numbers.size() * 2 + 1)))
        .apply(frames);
  }

  private static List<RawFrame> withoutTheEnded(List<RawFrame> frames) {
    Set<Integer> ended = new HashSet<>();
    List<RawFrame> others = new ArrayList<>();
    for (RawFrame next : frames) {
      if (!ended.contains(next.request())) {
        others.add(next);
      }
      if (next.is(RESPONSE, FrameType.EOS)) {
        ended.add(next.request());
      }
    }
    return others;
  }

  /** Ends each response with its last frame, and ignores what is left over. */
  static List<RawFrame> ended(List<RawFrame> frames) {
    Map<Integer, Integer> last = new HashMap<>();
    for (int at = 0; at < frames.size(); at++) {
      last.put(frames.get(at).request(), at);
    }
    List<RawFrame> ended = new ArrayList<>();
    for (int at = 0; at < frames.size(); at++) {
      RawFrame next = frames.get(at);
      if (next.type() >= 0) {
        ended.add(
            next.type() == RESPONSE && last.getOrDefault(next.request(), -1) == at
                ? next.withFlags(FrameType.EOS)
                : next);
      }
    }
    return ended;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hgwire.conformance.suite.mutants.RawFrame;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;

/** Faults in the decoding of streams. */
final class EncodingMutants {
  private static final String CASES = "client/encoding/*";
  private static final int SETTINGS = FrameType.STREAM_SETTINGS.code();
  private static final List<String> KNOWN = List.of("identity", "zlib", "zstd-8mb");

  private EncodingMutants() {}

  static List<ClientMutant> all() {
    List<ClientMutant> mutants = new ArrayList<>();
    add(
        mutants,
        "settings of streams are not known",
        ClientFault.refusesFrames(
            "a stream has settings", RawFrame.any(next -> next.type() == SETTINGS)));
    for (String encoding : KNOWN) {
      add(
          mutants,
          encoding + " is offered, and not known",
          ClientFault.receivesFrames(
              RawFrame.each(next -> names(next, encoding) ? settings(next, "none") : next)));
    }
    add(
        mutants,
        "settings of streams are skipped",
        ClientFault.receivesFrames(
            frames ->
                StreamMutants.begun(
                    FrameMutants.without(next -> next.type() == SETTINGS).apply(frames))));
    add(
        mutants,
        "the flag of encoded frames is not looked at",
        ClientFault.receivesFrames(EncodingMutants::allEncoded));
    add(
        mutants,
        "each frame is decoded with a context of its own",
        ClientFault.receives(new DecodedFrames(DecodedFrames.Wrong.CONTEXTS)));
    mutants.add(
        ClientMutant.plain(
            CASES,
            "what cannot be decoded is left out, as if the data ended there",
            PlainClone.withoutCompleteness()
                .with(ClientFault.receives(new DecodedFrames(DecodedFrames.Wrong.ERRORS)))));
    mutants.add(
        ClientMutant.plain(
            CASES,
            "a response that fails is taken for a whole one",
            PlainClone.withoutCompleteness()));
    add(
        mutants,
        "an unknown encoding is taken for identity",
        ClientFault.receivesFrames(
            RawFrame.each(
                next ->
                    next.is(SETTINGS, FrameType.EOS)
                            && KNOWN.stream().noneMatch(name -> names(next, name))
                        ? settings(next, "identity")
                        : next)));
    add(
        mutants,
        "a flag without settings is refused",
        ClientFault.refusesFrames("a stream has no settings", EncodingMutants::lacksSettings));
    add(
        mutants,
        "settings are read from their first frame",
        ClientFault.receivesFrames(EncodingMutants::firstOfSettings));
    mutants.add(
        ClientMutant.plain(
            "client/encoding/bomb",
            "what is not expected is skipped, however long it is",
            PlainClone.without(Check.ORDER)));
    return mutants;
  }

  private static void add(List<ClientMutant> mutants, String name, ClientFault fault) {
    mutants.add(ClientMutant.ours(CASES, name, fault));
  }

  private static boolean names(RawFrame frame, String encoding) {
    return frame.type() == SETTINGS
        && frame.payload().equals(CborEncoder.encode(CborBytes.utf8(encoding)));
  }

  private static RawFrame settings(RawFrame frame, String encoding) {
    return frame.withPayload(CborEncoder.encode(CborBytes.utf8(encoding)));
  }

  private static List<RawFrame> allEncoded(List<RawFrame> frames) {
    Set<Integer> encoded = new HashSet<>();
    return RawFrame.each(
            next -> {
              if (next.type() == SETTINGS) {
                encoded.add(next.stream());
                return next;
              }
              return encoded.contains(next.stream())
                  ? next.withStreamFlags(next.streamFlags() | StreamFlags.ENCODED)
                  : next;
            })
        .apply(frames);
  }

  private static boolean lacksSettings(List<RawFrame> frames) {
    Set<Integer> settings = new HashSet<>();
    return RawFrame.any(
            next -> {
              if (next.type() == SETTINGS) {
                settings.add(next.stream());
              }
              return next.onStream(StreamFlags.ENCODED) && !settings.contains(next.stream());
            })
        .test(frames);
  }

  private static List<RawFrame> firstOfSettings(List<RawFrame> frames) {
    Set<Integer> seen = new HashSet<>();
    return frames.stream()
        .filter(next -> next.type() != SETTINGS || seen.add(next.stream()))
        .map(next -> next.type() == SETTINGS ? next.withFlags(FrameType.EOS) : next)
        .toList();
  }
}

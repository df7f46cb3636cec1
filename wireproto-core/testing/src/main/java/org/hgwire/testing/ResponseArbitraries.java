// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.message.CommandError;
import org.hgwire.core.message.ResponseStatus;

/** What a server sends to a client. */
public final class ResponseArbitraries {
  private ResponseArbitraries() {}

  /** Sound statuses: ok, an error, or a location. */
  public static Arbitrary<ResponseStatus> statuses() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, Arbitraries.just((ResponseStatus) new ResponseStatus.Ok())),
        Tuple.of(1, texts().map(text -> new ResponseStatus.Failed(CommandError.of(text)))),
        Tuple.of(1, LocationArbitraries.locations().map(ResponseStatus.Redirected::new)));
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(20);
  }

  /** Sound bodies of one response: the encoded status, then, if it is ok, the encoded values. */
  public static Arbitrary<ByteString> bodies() {
    Arbitrary<ByteString> after = CborArbitraries.sequences();
    return Combinators.combine(statuses(), after)
        .as(
            (status, values) -> {
              ByteString first = CborEncoder.encode(status.toCbor());
              return status instanceof ResponseStatus.Ok
                  ? CborArbitraries.concatenate(List.of(first, values))
                  : first;
            });
  }

  /**
   * Sound: what a server sends to a client that has sent {@code requests} requests, with the ids 1,
   * 3, 5 and so on: the responses in pieces, one between the other, in each content encoding; text
   * output and progress; some responses end with an error frame.
   */
  public static Arbitrary<FrameBytes> sequences(int requests) {
    return sequences(requests, bodies());
  }

  private static Arbitrary<FrameBytes> sequences(int requests, Arbitrary<ByteString> bodies) {
    Arbitrary<List<ByteString>> pieces =
        Combinators.combine(bodies, ChunkingArbitraries.chunkings())
            .as((body, chunking) -> chunking.cut(body).stream().map(ByteString::copyOf).toList());
    Arbitrary<ServerScript.Response> responses =
        Combinators.combine(
                pieces,
                Arbitraries.of(ServerScript.End.values()),
                texts(),
                Arbitraries.of(true, false))
            .as(ServerScript.Response::new);
    return Combinators.combine(
            Arbitraries.of("identity", "identity", "zlib", "zstd-8mb"),
            Arbitraries.integers().between(RequestArbitraries.MIN_PAYLOAD, 400).shrinkTowards(400),
            responses.list().ofSize(requests),
            Arbitraries.integers().between(0, requests).list().ofMaxSize(20))
        .as(ServerScript::new)
        .map(ServerScript::run);
  }

  /** Nearly sound: frames with one fault, or sound frames whose responses are no responses. */
  public static Arbitrary<FrameBytes> nearlySoundSequences(int requests) {
    return Arbitraries.oneOf(
        FrameArbitraries.nearlySound(sequences(requests)),
        sequences(requests, CborArbitraries.sequences()),
        sequences(requests, CborArbitraries.nearlySoundSequences()));
  }

  /** Hostile: the bytes of sound sequences damaged anywhere, hostile bodies, and any frames. */
  public static Arbitrary<FrameBytes> hostileSequences(int requests) {
    return Arbitraries.oneOf(
        FrameArbitraries.hostile(sequences(requests)),
        sequences(requests, CborArbitraries.hostileSequences()),
        FrameArbitraries.hostileSequences());
  }
}

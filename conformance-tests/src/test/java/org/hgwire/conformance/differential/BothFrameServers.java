// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;
import org.hgwire.conformance.exchange.HttpConnection;
import org.hgwire.conformance.exchange.HttpResponse;
import org.hgwire.conformance.exchange.SentRequest;
import org.hgwire.conformance.exchange.ServerAnswer;
import org.hgwire.core.frame.FrameType;
import org.hgwire.testing.FrameArbitraries;
import org.hgwire.testing.FrameBytes;
import org.hgwire.testing.RequestArbitraries;

/** Our server and hg's, to which frames are posted: one request at a time. */
final class BothFrameServers implements Peers<FrameInput, FrameComparison> {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static final int TRIES = 10_000;

  private final URI theirs;
  private final URI ours;
  private final KnownRequests known;

  BothFrameServers(URI theirs, URI ours, KnownRequests known) {
    this.theirs = theirs;
    this.ours = ours;
    this.known = known;
  }

  @Override
  public Arbitrary<FrameInput> inputs() {
    Arbitrary<FrameBytes> any = RequestArbitraries.sequences(known.requests());
    // Encoded requests, and data for commands, are one difference each: they would be most inputs.
    Arbitrary<FrameBytes> sound =
        Arbitraries.frequencyOf(
            Tuple.of(9, any.filter(TRIES, BothFrameServers::isPlain)), Tuple.of(1, any));
    return Arbitraries.frequencyOf(
            Tuple.of(3, sound),
            Tuple.of(4, FrameArbitraries.nearlySound(sound)),
            Tuple.of(2, FrameArbitraries.hostile(sound)),
            Tuple.of(1, FrameArbitraries.hostileSequences()),
            Tuple.of(1, FrameArbitraries.nearlySoundSequences()))
        .map(frames -> new FrameInput("ro/multirequest", frames));
  }

  private static boolean isPlain(FrameBytes frames) {
    return frames.frames().stream()
        .map(frame -> FrameType.ofCode(frame.header().typeCode()))
        .noneMatch(type -> type == FrameType.STREAM_SETTINGS || type == FrameType.COMMAND_DATA);
  }

  @Override
  public FrameComparison compare(FrameInput input) throws IOException {
    SentRequest request = input.request();
    return new FrameComparison(input, outcome(theirs, request), outcome(ours, request));
  }

  static FrameOutcome outcome(URI url, SentRequest request) throws IOException {
    try (HttpConnection connection = HttpConnection.open(url, TIMEOUT)) {
      HttpResponse response = connection.exchange(request);
      return FrameOutcome.of(new ServerAnswer(request, response, TIMEOUT));
    }
  }

  @Override
  public List<FrameInput> smaller(FrameInput input) {
    return input.smaller();
  }
}

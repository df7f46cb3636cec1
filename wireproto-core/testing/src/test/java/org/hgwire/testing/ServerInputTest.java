// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.hgwire.core.WireLimits;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.reactor.ServerEvent;
import org.hgwire.core.reactor.ServerReactor;

/** What {@link RequestArbitraries} makes, read by a server. */
class ServerInputTest {
  @Provide
  Arbitrary<FrameBytes> sound() {
    return RequestArbitraries.sequences();
  }

  @Provide
  Arbitrary<FrameBytes> nearlySound() {
    return RequestArbitraries.nearlySoundSequences();
  }

  @Provide
  Arbitrary<FrameBytes> hostile() {
    return RequestArbitraries.hostileSequences();
  }

  @Provide
  Arbitrary<Chunking> chunkings() {
    return ChunkingArbitraries.chunkings();
  }

  private static List<ServerEvent> read(FrameBytes bytes, Chunking chunking) {
    List<ServerEvent> events = new ArrayList<>();
    try (ServerReactor server =
        new ServerReactor(WireLimits.defaults(), ContentEncodings.standard())) {
      for (var piece : chunking.cut(bytes.bytes())) {
        if (isFailure(events)) {
          break;
        }
        server.receive(piece);
        for (ServerEvent event = server.poll(); event != null; event = server.poll()) {
          events.add(event);
          if (event instanceof ServerEvent.CommandReceived received && received.dataFollows()) {
            server.allowCommandData(received.requestId(), Long.MAX_VALUE);
          }
        }
      }
      server.endOfInput();
      for (ServerEvent event = server.poll(); event != null; event = server.poll()) {
        events.add(event);
      }
    }
    return events;
  }

  private static boolean isFailure(List<ServerEvent> events) {
    return !events.isEmpty() && events.get(events.size() - 1) instanceof ServerEvent.ProtocolFailed;
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void soundSequencesAreReadToTheirEnd(
      @ForAll("sound") FrameBytes bytes, @ForAll("chunkings") Chunking chunking) {
    List<ServerEvent> events = read(bytes, chunking);
    assertThat(events).last().isInstanceOf(ServerEvent.InputEnded.class);
    assertThat(events).noneMatch(ServerEvent.CommandRefused.class::isInstance);
    assertThat(events).anyMatch(ServerEvent.CommandReceived.class::isInstance);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void nearlySoundSequencesFailOften(
      @ForAll("nearlySound") FrameBytes bytes, @ForAll("chunkings") Chunking chunking) {
    List<ServerEvent> events = read(bytes, chunking);
    Statistics.label("fails")
        .collect(isFailure(events))
        .coverage(
            c -> {
              c.check(true).percentage(share -> share > 10);
              c.check(false).percentage(share -> share > 10);
            });
    assertThat(bytes.rest().isEmpty()).isTrue();
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void hostileSequencesFailMostly(
      @ForAll("hostile") FrameBytes bytes, @ForAll("chunkings") Chunking chunking) {
    List<ServerEvent> events = read(bytes, chunking);
    Statistics.label("fails")
        .collect(isFailure(events))
        .coverage(c -> c.check(true).percentage(share -> share > 50));
  }
}

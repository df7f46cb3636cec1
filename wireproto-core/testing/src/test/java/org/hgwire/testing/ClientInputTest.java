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
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.reactor.ClientEvent;
import org.hgwire.core.reactor.ClientReactor;

/** What {@link ResponseArbitraries} makes, read by a client. */
class ClientInputTest {
  private static final int REQUESTS = 3;

  @Provide
  Arbitrary<FrameBytes> sound() {
    return ResponseArbitraries.sequences(REQUESTS);
  }

  @Provide
  Arbitrary<FrameBytes> nearlySound() {
    return ResponseArbitraries.nearlySoundSequences(REQUESTS);
  }

  @Provide
  Arbitrary<FrameBytes> hostile() {
    return ResponseArbitraries.hostileSequences(REQUESTS);
  }

  @Provide
  Arbitrary<Chunking> chunkings() {
    return ChunkingArbitraries.chunkings();
  }

  private static List<ClientEvent> read(FrameBytes bytes, Chunking chunking) {
    List<ClientEvent> events = new ArrayList<>();
    ContentEncodings encodings = ContentEncodings.standard();
    try (ClientReactor client =
        new ClientReactor(WireLimits.defaults(), encodings, encodings.preferred().get(0))) {
      for (int i = 0; i < REQUESTS; i++) {
        client.call(CommandRequest.of("heads", CborMap.empty()), false);
      }
      for (var piece : chunking.cut(bytes.bytes())) {
        if (isFailure(events)) {
          break;
        }
        client.receive(piece);
        for (ClientEvent event = client.poll(); event != null; event = client.poll()) {
          events.add(event);
        }
      }
      client.endOfInput();
      for (ClientEvent event = client.poll(); event != null; event = client.poll()) {
        events.add(event);
      }
    }
    return events;
  }

  private static boolean isFailure(List<ClientEvent> events) {
    return !events.isEmpty() && events.get(events.size() - 1) instanceof ClientEvent.ProtocolFailed;
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void soundSequencesEndEachRequest(
      @ForAll("sound") FrameBytes bytes, @ForAll("chunkings") Chunking chunking) {
    List<ClientEvent> events = read(bytes, chunking);
    assertThat(events).last().isInstanceOf(ClientEvent.InputEnded.class);
    assertThat(events)
        .filteredOn(
            event ->
                event instanceof ClientEvent.ResponseEnded
                    || event instanceof ClientEvent.ErrorReceived)
        .hasSize(REQUESTS);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void nearlySoundSequencesFailOften(
      @ForAll("nearlySound") FrameBytes bytes, @ForAll("chunkings") Chunking chunking) {
    Statistics.label("fails")
        .collect(isFailure(read(bytes, chunking)))
        .coverage(c -> c.check(true).percentage(share -> share > 10));
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void hostileSequencesFailMostly(
      @ForAll("hostile") FrameBytes bytes, @ForAll("chunkings") Chunking chunking) {
    Statistics.label("fails")
        .collect(isFailure(read(bytes, chunking)))
        .coverage(c -> c.check(true).percentage(share -> share > 30));
  }
}

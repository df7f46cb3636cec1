// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.benchmarks;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.encoding.ContentDecoder;
import org.hgwire.core.encoding.ContentEncoder;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.reactor.ClientEvent;
import org.hgwire.core.reactor.ClientReactor;
import org.hgwire.core.reactor.ServerEvent;
import org.hgwire.core.reactor.ServerReactor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * One call with a response of a megabyte, from a server reactor to a client reactor, compared with
 * the content encoding alone, without frames.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class Reactors {
  private static final int LENGTH = 1 << 20;
  private static final int PIECE = 16 << 10;

  @Param({"identity", "zlib", "zstd-8mb"})
  private String encoding = "";

  private final byte[] text = SampleData.text(LENGTH);
  private final ByteBuffer output = ByteBuffer.allocate(64 << 10);

  /** Both reactors, from the request to the end of the response. */
  @Benchmark
  public int exchange(Blackhole blackhole) {
    WireLimits limits = WireLimits.defaults();
    ContentEncodings accepted = ContentEncodings.named(encoding);
    ContentEncoding identity = ContentEncodings.named("identity").preferred().get(0);
    try (ClientReactor client = new ClientReactor(limits, accepted, identity);
        ServerReactor server = new ServerReactor(limits, accepted)) {
      int id = client.call(CommandRequest.of("heads", CborMap.empty()), false);
      for (ByteBuffer out = client.pollOutput(); out != null; out = client.pollOutput()) {
        server.receive(out);
        for (ServerEvent event = server.poll(); event != null; event = server.poll()) {
          blackhole.consume(event);
        }
      }
      for (int at = 0; at < LENGTH; at += PIECE) {
        server.respond(id, ByteBuffer.wrap(text, at, PIECE));
        move(server, client, blackhole);
      }
      server.endResponse(id);
      move(server, client, blackhole);
      if (client.activeRequests() != 0) {
        throw new IllegalStateException("the response did not end");
      }
      return id;
    }
  }

  private static void move(ServerReactor server, ClientReactor client, Blackhole blackhole) {
    for (ByteBuffer out = server.pollOutput(); out != null; out = server.pollOutput()) {
      client.receive(out);
      for (ClientEvent event = client.poll(); event != null; event = client.poll()) {
        blackhole.consume(event);
      }
    }
  }

  /** The content encoding, without frames. */
  @Benchmark
  public void exchangeByEncodingAlone(Blackhole blackhole) {
    ContentEncoding coding =
        Objects.requireNonNull(ContentEncodings.standard().find(encoding), encoding);
    try (ContentEncoder encoder = coding.newEncoder();
        ContentDecoder decoder = coding.newDecoder(WireLimits.defaults())) {
      for (int at = 0; at < LENGTH; at += PIECE) {
        output.clear();
        encoder.encode(ByteBuffer.wrap(text, at, PIECE), output);
        if (at + PIECE == LENGTH && !encoder.flush(output)) {
          throw new IllegalStateException("the output buffer is large enough");
        }
        decoder.feed(output.flip());
        for (ByteBuffer slice = decoder.poll(); slice != null; slice = decoder.poll()) {
          blackhole.consume(slice);
        }
      }
    }
  }
}

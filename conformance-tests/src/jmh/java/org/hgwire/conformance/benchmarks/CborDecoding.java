// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.benchmarks;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEvent;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Decodes 1000 records with their texts. Jackson reads the same bytes, but turns byte-string keys
 * into text and enforces neither the limits nor the subset of the protocol.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class CborDecoding {
  private final byte[] response = SampleData.response(1000);
  private final CBORFactory factory = new CBORFactory();
  private final ObjectReader reader = new ObjectMapper(factory).readerFor(JsonNode.class);

  /** By this project: values, checked. */
  @Benchmark
  public void decode(Blackhole blackhole) {
    CborDecoder decoder = new CborDecoder(WireLimits.defaults());
    decoder.feed(ByteBuffer.wrap(response));
    for (CborEvent event = decoder.poll(); event != null; event = decoder.poll()) {
      blackhole.consume(event);
    }
    decoder.endOfInput();
  }

  /** By Jackson, into its trees. */
  @Benchmark
  public void decodeByJacksonTree(Blackhole blackhole) throws IOException {
    try (MappingIterator<JsonNode> values = reader.readValues(response)) {
      while (values.hasNextValue()) {
        blackhole.consume(values.nextValue());
      }
    }
  }

  /** By Jackson, token by token: only byte strings are assembled. */
  @Benchmark
  public void decodeByJacksonTokens(Blackhole blackhole) throws IOException {
    try (JsonParser parser = factory.createParser(response)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          blackhole.consume(parser.currentName());
        } else if (token == JsonToken.VALUE_EMBEDDED_OBJECT) {
          blackhole.consume(parser.getBinaryValue());
        }
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.benchmarks;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Encodes 1000 records. Jackson writes the same values except for keys, which it can only write as
 * text; it keeps their order, where this project sorts them.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class CborEncoding {
  private final List<CborMap> records = SampleData.records(1000);
  private final CBORFactory factory = new CBORFactory();

  /** By this project: keys sorted. */
  @Benchmark
  public Object encode() {
    CborEncoder encoder = new CborEncoder();
    for (CborMap item : records) {
      encoder.value(item);
    }
    return encoder.take();
  }

  /** By Jackson's generator. */
  @Benchmark
  public Object encodeByJacksonGenerator() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = factory.createGenerator(bytes)) {
      for (CborMap item : records) {
        write(item, generator);
      }
    }
    return bytes;
  }

  private static void write(CborValue value, JsonGenerator generator) throws IOException {
    if (value instanceof CborMap map) {
      generator.writeStartObject(null, map.size());
      for (var entry : map.entries()) {
        generator.writeFieldName(((CborBytes) entry.getKey()).value().utf8());
        write(entry.getValue(), generator);
      }
      generator.writeEndObject();
    } else if (value instanceof CborArray array) {
      generator.writeStartArray(null, array.items().size());
      for (CborValue item : array.items()) {
        write(item, generator);
      }
      generator.writeEndArray();
    } else if (value instanceof CborInteger integer) {
      generator.writeNumber(integer.longValueExact());
    } else if (value instanceof CborBytes bytes) {
      generator.writeBinary(bytes.value().toByteArray());
    }
  }
}

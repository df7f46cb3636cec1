// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.testing.CborArbitraries;
import org.hgwire.testing.LooseEncoding;

/**
 * Compares with Jackson's CBOR for what both can express. Jackson's parser converts byte-string
 * keys to text, so keys are ASCII byte strings where it reads. Its generator writes byte strings as
 * values only, so keys are integers where it writes. It writes integers beyond a long as bignums,
 * which the subset does not have.
 */
class JacksonOracleTest {
  private static final CBORFactory JACKSON = new CBORFactory();

  @Provide
  Arbitrary<CborValue> asciiKeys() {
    return CborArbitraries.values()
        .map(value -> withKeys(value, (key, n) -> CborBytes.utf8(DiagnosticNotation.print(key))));
  }

  @Provide
  Arbitrary<CborValue> integerKeys() {
    // 1, -2^4, 2^8, -2^12, …: all sizes, both signs, not in order
    return CborArbitraries.values()
        .filter(JacksonOracleTest::integersAreLongs)
        .map(
            value ->
                withKeys(value, (key, n) -> CborInteger.of((n % 2 == 0 ? 1L : -1L) << (4 * n))));
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void jacksonReadsWhatWeWrite(@ForAll("asciiKeys") CborValue value, @ForAll long seed)
      throws IOException {
    assertThat(readByJackson(CborEncoder.encode(value))).isEqualTo(value);
    assertThat(readByJackson(LooseEncoding.of(value, new Random(seed)))).isEqualTo(value);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void weReadWhatJacksonWrites(@ForAll("integerKeys") CborValue value) throws IOException {
    ByteString written = writtenByJackson(value);
    assertThat(CborDecoder.decodeOne(written.asByteBuffer(), WireLimits.defaults()))
        .isEqualTo(value);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void whatIsInOrderIsWrittenTheSameByBoth(@ForAll("integerKeys") CborValue value)
      throws IOException {
    ByteString encoded = CborEncoder.encode(value);
    CborValue sorted = CborDecoder.decodeOne(encoded.asByteBuffer(), WireLimits.defaults());
    assertThat(writtenByJackson(sorted)).isEqualTo(encoded);
  }

  private static boolean integersAreLongs(CborValue value) {
    String withoutBytes = DiagnosticNotation.print(value).replaceAll("h'[0-9a-f]*'", "");
    return Pattern.compile("-?\\d+")
        .matcher(withoutBytes)
        .results()
        .allMatch(integer -> new BigInteger(integer.group()).bitLength() < 64);
  }

  /** Replaces the keys of all maps with the result of {@code newKey} for a key and its index. */
  private static CborValue withKeys(
      CborValue value, BiFunction<CborValue, Integer, CborValue> newKey) {
    if (value instanceof CborArray array) {
      return new CborArray(array.items().stream().map(item -> withKeys(item, newKey)).toList());
    }
    if (value instanceof CborMap map) {
      CborMap.Builder changed = CborMap.builder();
      for (int i = 0; i < map.size(); i++) {
        var entry = map.entries().get(i);
        changed.put(newKey.apply(entry.getKey(), i), withKeys(entry.getValue(), newKey));
      }
      return changed.build();
    }
    return value;
  }

  private static ByteString writtenByJackson(CborValue value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CBORGenerator generator = JACKSON.createGenerator(out)) {
      generator.enable(CBORGenerator.Feature.WRITE_MINIMAL_INTS);
      write(value, generator);
    }
    return ByteString.copyOf(out.toByteArray());
  }

  private static void write(CborValue value, CBORGenerator generator) throws IOException {
    if (value instanceof CborInteger integer) {
      generator.writeNumber(integer.longValueExact());
    } else if (value instanceof CborBytes bytes) {
      generator.writeBinary(bytes.value().toByteArray());
    } else if (value instanceof CborBoolean bool) {
      generator.writeBoolean(bool.value());
    } else if (value instanceof CborNull) {
      generator.writeNull();
    } else if (value instanceof CborArray array) {
      writeArray(array.items(), generator);
    } else if (value instanceof CborSet set) {
      generator.writeTag(258);
      writeArray(set.members(), generator);
    } else if (value instanceof CborMap map) {
      generator.writeStartObject(null, map.size());
      for (var entry : map.entries()) {
        generator.writeFieldId(((CborInteger) entry.getKey()).longValueExact());
        write(entry.getValue(), generator);
      }
      generator.writeEndObject();
    }
  }

  private static void writeArray(List<CborValue> items, CBORGenerator generator)
      throws IOException {
    generator.writeStartArray(null, items.size());
    for (CborValue item : items) {
      write(item, generator);
    }
    generator.writeEndArray();
  }

  private static CborValue readByJackson(ByteString encoded) throws IOException {
    try (CBORParser parser = JACKSON.createParser(encoded.toByteArray())) {
      parser.nextToken();
      CborValue value = read(parser);
      assertThat(parser.nextToken()).isNull();
      return value;
    }
  }

  private static CborValue read(CBORParser parser) throws IOException {
    boolean set = parser.getCurrentTag() == 258;
    JsonToken token = parser.currentToken();
    return switch (token) {
      case VALUE_NULL -> CborNull.NULL;
      case VALUE_TRUE -> CborBoolean.TRUE;
      case VALUE_FALSE -> CborBoolean.FALSE;
      case VALUE_NUMBER_INT -> CborInteger.of(new BigInteger(parser.getText()));
      case VALUE_EMBEDDED_OBJECT -> new CborBytes(ByteString.copyOf(parser.getBinaryValue()));
      case START_ARRAY -> {
        List<CborValue> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(read(parser));
        }
        yield set ? CborSet.of(items) : new CborArray(items);
      }
      case START_OBJECT -> {
        CborMap.Builder map = CborMap.builder();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String key = parser.currentName();
          parser.nextToken();
          map.put(key, read(parser));
        }
        yield map.build();
      }
      default -> throw new AssertionError("Jackson read " + token);
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import org.hgwire.client.ResponseObject;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborNull;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.DiagnosticNotation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonWriterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'text' | \"text\"",
        "'61' | \"61\"",
        "h'61' | \"a\"",
        "h'c3a9' | \"é\"",
        "h'ff' | \"hex:ff\"",
        "'hex:ff' | \"text:hex:ff\"",
        "'text:' | \"text:text:\"",
        "'cbor:1' | \"text:cbor:1\"",
        "h'00' | \"\\u0000\"",
        "h'225c0a' | \"\\\"\\\\\\n\"",
        "h'c285e280aef3a08181' | \"\\u0085\\u202e\\udb40\\udc41\"",
        "h'f09f9880' | \"😀\"",
        "18446744073709551615 | 18446744073709551615",
        "[] | []",
        "[null,true] | [null,true]",
        "258(['a']) | {\"cbor:set\":[\"a\"]}",
        "{} | {}",
        "{1:2,'1':3} | {\"cbor:1\":2,\"1\":3}",
        "{null:0,'null':0,true:0,h'ff':0} |"
            + " {\"cbor:null\":0,\"null\":0,\"cbor:true\":0,\"hex:ff\":0}",
      })
  void writesOneForm(String notation, String json) throws Exception {
    assertThat(print(DiagnosticNotation.parse(notation))).isEqualTo(json);
  }

  @Test
  void everyValueCanBeReadBack() throws Exception {
    Random random = new Random(20);
    for (int i = 0; i < 20_000; i++) {
      CborValue value = value(random, 3);
      JsonNode json = new ObjectMapper().readTree(print(value));
      assertThat(read(json)).as(json.toString()).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 32_768, 100_000})
  void aStreamedStringIsWrittenAlike(int length) throws Exception {
    for (String unit : List.of("a", "aé😀", "hex:", "text:\n", "ÿ\u202e")) {
      String text = unit.repeat(length);
      ByteString utf8 = ByteString.utf8(text);
      assertThat(stream(utf8)).isEqualTo(print(new CborBytes(utf8)));
      ByteString other = join(utf8, (byte) 0xff);
      assertThat(stream(other)).isEqualTo(print(new CborBytes(other)));
    }
  }

  @Test
  void aStreamedStringWaitsInTheGivenDirectory(@TempDir Path directory) {
    Path missing = directory.resolve("missing");
    JsonPrinter printer = new JsonPrinter(new PrintWriter(new StringWriter()), missing);
    InputStream bytes = new ByteArrayInputStream(new byte[1]);
    assertThatThrownBy(() -> printer.print(new ResponseObject.Bytes(-1, bytes)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(missing.toString());
  }

  private static String print(CborValue value) throws Exception {
    return print(new ResponseObject.Value(value));
  }

  private static String stream(ByteString bytes) throws Exception {
    return print(new ResponseObject.Bytes(-1, new ByteArrayInputStream(bytes.toByteArray())));
  }

  private static String print(ResponseObject object) throws Exception {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new JsonPrinter(out, null).print(object);
    return text.toString().strip();
  }

  /** The reverse of what is documented. */
  private static CborValue read(JsonNode json) {
    if (json.isNull()) {
      return CborNull.NULL;
    }
    if (json.isBoolean()) {
      return CborBoolean.of(json.booleanValue());
    }
    if (json.isNumber()) {
      return CborInteger.of(json.bigIntegerValue());
    }
    if (json.isTextual()) {
      return string(json.textValue());
    }
    if (json.isArray()) {
      return new CborArray(items(json));
    }
    if (json.has("cbor:set")) {
      return CborSet.of(items(json.get("cbor:set")));
    }
    CborMap.Builder map = CborMap.builder();
    json.properties().forEach(each -> map.put(string(each.getKey()), read(each.getValue())));
    return map.build();
  }

  private static List<CborValue> items(JsonNode json) {
    List<CborValue> items = new ArrayList<>();
    json.forEach(each -> items.add(read(each)));
    return items;
  }

  private static CborValue string(String text) {
    if (text.startsWith("hex:")) {
      return new CborBytes(ByteString.copyOf(HexFormat.of().parseHex(text.substring(4))));
    }
    if (text.startsWith("cbor:")) {
      return DiagnosticNotation.parse(text.substring(5));
    }
    return CborBytes.utf8(text.startsWith("text:") ? text.substring(5) : text);
  }

  private static CborValue value(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 5 : 8)) {
      case 0 -> CborNull.NULL;
      case 1 -> CborBoolean.of(random.nextBoolean());
      case 2 -> CborInteger.of(random.nextInt(3));
      case 3, 4 -> bytes(random);
      case 5 -> new CborArray(values(random, depth - 1));
      case 6 -> CborSet.of(List.copyOf(new LinkedHashSet<>(values(random, 0))));
      default -> map(random, depth - 1);
    };
  }

  private static List<CborValue> values(Random random, int depth) {
    List<CborValue> values = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      values.add(value(random, depth));
    }
    return values;
  }

  private static CborMap map(Random random, int depth) {
    CborMap.Builder map = CborMap.builder();
    for (CborValue key : new LinkedHashSet<>(values(random, 0))) {
      map.put(key, value(random, depth));
    }
    return map.build();
  }

  private static CborBytes bytes(Random random) {
    List<String> starts = List.of("", "", "hex:", "text:", "cbor:", "cbor:set", "1", "null", "ff");
    ByteString start = ByteString.utf8(starts.get(random.nextInt(starts.size())));
    byte[] end = new byte[random.nextInt(3)];
    random.nextBytes(end);
    return new CborBytes(join(start, end));
  }

  private static ByteString join(ByteString start, byte... end) {
    return ByteString.fromHex(start.hex() + HexFormat.of().formatHex(end));
  }
}

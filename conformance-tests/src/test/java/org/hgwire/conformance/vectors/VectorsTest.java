// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.hgwire.core.WireErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of vectors are what the tests' tables make, and the decoders do what they say. */
final class VectorsTest {
  private static final String REWRITE = "stale: run src/test/scripts/vectors";
  private static final int MAX_BYTES = 1_500_000;

  static List<String> files() {
    return Vectors.files();
  }

  private static List<JsonNode> vectors(String file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> vectors = new ArrayList<>();
    for (String line : text(file).lines().toList()) {
      vectors.add(json.readTree(line));
    }
    return vectors;
  }

  private static String text(String file) throws IOException {
    try (InputStream input = Vectors.open(file)) {
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void filesAreWhatTheTablesAndTranscriptsMake() throws IOException {
    Map<String, String> rendered = VectorFiles.render();

    assertThat(rendered.keySet()).containsExactlyElementsOf(Vectors.files());
    int size = 0;
    for (Map.Entry<String, String> file : rendered.entrySet()) {
      List<String> expected = file.getValue().lines().toList();
      assertThat(text(file.getKey()).lines()).as(REWRITE).isEqualTo(expected);
      size += file.getValue().length();
    }
    assertThat(size).isLessThan(MAX_BYTES);
  }

  @ParameterizedTest
  @MethodSource("files")
  void decodersReportWhatTheVectorsSay(String file) throws IOException {
    for (JsonNode vector : vectors(file)) {
      byte[] input = HexFormat.of().parseHex(vector.path("input").asText());
      assertOutcome(vector, List.of(ByteBuffer.wrap(input)), "whole");
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void cutsDoNotChangeWhatIsReported(String file) throws IOException {
    for (JsonNode vector : vectors(file)) {
      byte[] input = HexFormat.of().parseHex(vector.path("input").asText());
      for (int length : new int[] {1, 7}) {
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int at = 0; at < input.length; at += length) {
          pieces.add(ByteBuffer.wrap(input, at, Math.min(length, input.length - at)));
        }
        assertOutcome(vector, pieces, "in pieces of " + length);
      }
    }
  }

  private static void assertOutcome(JsonNode vector, List<ByteBuffer> pieces, String how)
      throws IOException {
    String id = vector.path("id").asText();
    Outcome outcome =
        VectorDecoder.named(vector.path("decoder").asText())
            .decode(pieces, VectorDecoder.limits(vector), vector);
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(outcome.events.toString()))
        .as("%s, %s", id, how)
        .isEqualTo(vector.path("events"));
    assertThat(String.valueOf(outcome.error))
        .as("%s, %s", id, how)
        .isEqualTo(vector.has("error") ? vector.path("error").toString() : "null");
  }

  @Test
  void everyDecoderAndEveryErrorOfAPeerHasVectors() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String file : Vectors.files()) {
      all.append(text(file));
    }
    for (String decoder : VectorDecoder.ALL.keySet()) {
      assertThat(all).contains("\"decoder\":\"" + decoder + "\"");
    }
    for (WireErrorCode code : WireErrorCode.values()) {
      if (code != WireErrorCode.OVERLOADED) {
        assertThat(all).contains("\"code\":\"" + ErrorNames.of(code) + "\"");
      }
    }
  }

  @Test
  void pageListsEveryFieldEventAndErrorCode() throws IOException {
    String page = Files.readString(Path.of("../docs/conformance/vectors.md"));
    for (String file : Vectors.files()) {
      assertThat(page).contains("`" + file + "`");
      for (JsonNode vector : vectors(file)) {
        vector.fieldNames().forEachRemaining(name -> assertThat(page).contains("`" + name + "`"));
        for (JsonNode event : vector.path("events")) {
          assertThat(page).contains("`" + event.path("event").asText() + "`");
          event.fieldNames().forEachRemaining(name -> assertThat(page).contains("`" + name + "`"));
        }
        vector
            .path("limits")
            .fieldNames()
            .forEachRemaining(name -> assertThat(page).contains("`" + name + "`"));
      }
    }
    for (WireErrorCode code : WireErrorCode.values()) {
      assertThat(page.contains("`" + ErrorNames.of(code) + "`"))
          .as(code.text())
          .isEqualTo(code != WireErrorCode.OVERLOADED);
    }
  }

  @Test
  void copiesHaveTheSameBytes(@TempDir Path directory) throws IOException {
    Path copies = directory.resolve("vectors");
    Vectors.copyTo(copies);

    for (String file : Vectors.files()) {
      assertThat(copies.resolve(file)).hasContent(text(file));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Vectors.open("../Vectors.class"));
  }
}

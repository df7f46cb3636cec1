// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.hgwire.conformance.cases.Level;
import org.hgwire.conformance.cases.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigurationReaderTest {
  @Test
  void everyFieldIsRead() throws IOException {
    SuiteConfiguration configuration =
        read(
            """
            {"peer": "my server", "profiles": ["v1-server"], "levels": ["MUST", "robustness"],
             "exclude": {"a/*": "why"}, "expectedFailures": {"b": "because"},
             "headers": {"Authorization": "x"}, "filter": "v1/*", "parallel": 2,
             "timeLimitSeconds": 1.5, "repeat": 3}
            """);

    assertThat(configuration.peer()).isEqualTo("my server");
    assertThat(configuration.profiles()).containsExactly(Profile.V1_SERVER);
    assertThat(configuration.levels()).containsExactly(Level.MUST, Level.ROBUSTNESS);
    assertThat(configuration.exclusions()).isEqualTo(Map.of("a/*", "why"));
    assertThat(configuration.expectedFailures()).isEqualTo(Map.of("b", "because"));
    assertThat(configuration.headers()).isEqualTo(Map.of("authorization", "x"));
    assertThat(configuration.filter()).isEqualTo("v1/*");
    assertThat(configuration.parallel()).isEqualTo(2);
    assertThat(configuration.timeLimit()).isEqualTo(Duration.ofMillis(1500));
    assertThat(configuration.repeat()).isEqualTo(3);
  }

  @Test
  void emptyConfigurationIsTheDefault() throws IOException {
    assertThat(read("{}")).isEqualTo(SuiteConfiguration.defaults());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"excluded\": {}}",
        "{\"profiles\": [\"v3-server\"]}",
        "{\"levels\": [\"must\"]}",
        "{\"parallel\": 0}",
        "{\"parallel\": \"many\"}",
        "{} {}",
        "[]",
        ""
      })
  void wrongConfigurationsAreRefused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static SuiteConfiguration read(String text) throws IOException {
    return ConfigurationReader.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}

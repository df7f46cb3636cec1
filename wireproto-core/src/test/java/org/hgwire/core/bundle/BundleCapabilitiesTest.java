// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;
import org.junit.jupiter.api.Test;

final class BundleCapabilitiesTest {
  @Test
  void exampleOfTheTextIsReadAndWritten() {
    ByteString text = ByteString.utf8("listvaluekey=value%201,value%202\nnovaluekey");
    BundleCapabilities capabilities = BundleCapabilities.read(text);
    assertThat(capabilities.values())
        .isEqualTo(Map.of("listvaluekey", List.of("value 1", "value 2"), "novaluekey", List.of()));
    assertThat(capabilities.has("novaluekey")).isTrue();
    assertThat(capabilities.has("listvaluekey", "value 2")).isTrue();
    assertThat(capabilities.has("novaluekey", "value 2")).isFalse();
    assertThat(capabilities.format()).isEqualTo(text);
  }

  @Test
  void capabilityOfTheProtocolQuotesTheTextAgain() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    values.put("HG20", List.of());
    values.put("changegroup", List.of("01", "02"));
    values.put("é+", List.of("a,b"));
    BundleCapabilities capabilities = new BundleCapabilities(values);
    assertThat(capabilities.quoted())
        .isEqualTo("HG20%0Achangegroup%3D01%2C02%0A%25C3%25A9%252B%3Da%252Cb");
    assertThat(BundleCapabilities.readQuoted(capabilities.quoted())).isEqualTo(capabilities);
  }

  @Test
  void emptyTextHasNoCapabilities() {
    assertThat(BundleCapabilities.read(ByteString.empty()).values()).isEmpty();
  }

  @Test
  void percentSignWithoutTwoDigitsIsRefused() {
    for (String text : List.of("a%", "a%2", "a%2g", "a=%zz")) {
      assertThatThrownBy(() -> BundleCapabilities.read(ByteString.utf8(text)))
          .as(text)
          .isInstanceOf(WireProtocolException.class)
          .hasMessageContaining("the list of bundle capabilities has invalid URL quoting");
    }
  }
}

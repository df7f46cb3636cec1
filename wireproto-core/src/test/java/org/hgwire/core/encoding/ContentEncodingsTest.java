// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContentEncodingsTest {
  @Test
  void standardEncodingsHaveTheOrderOfMercurial() {
    assertThat(ContentEncodings.standard().names()).containsExactly("zstd-8mb", "zlib", "identity");
  }

  @Test
  void addsMissingIdentity() {
    assertThat(ContentEncodings.named("zlib").names()).containsExactly("zlib", "identity");
    assertThat(ContentEncodings.named().names()).containsExactly("identity");
    assertThat(ContentEncodings.named("identity", "zlib").names())
        .containsExactly("identity", "zlib");
  }

  @Test
  void refusesUnknownOrDuplicateNames() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContentEncodings.named("brotli"))
        .withMessage("brotli is not a content encoding; choose from [zstd-8mb, zlib, identity]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContentEncodings.named("zlib", "zlib"))
        .withMessage("the content encoding zlib occurs twice");
  }

  @Test
  void findsEncodingsByName() {
    ContentEncoding zlib = new ZlibEncoding(1);
    ContentEncodings encodings = new ContentEncodings(List.of(zlib));
    assertThat(encodings.find("zlib")).isSameAs(zlib);
    assertThat(encodings.find("identity")).isInstanceOf(IdentityEncoding.class);
    assertThat(encodings.find("zstd-8mb")).isNull();
  }

  @Test
  void checksLevels() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ZlibEncoding(-2));
    assertThatIllegalArgumentException().isThrownBy(() -> new ZlibEncoding(10));
    assertThatIllegalArgumentException().isThrownBy(() -> new Zstd8mbEncoding(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Zstd8mbEncoding(23));
    assertThat(new Zstd8mbEncoding(22).name()).isEqualTo("zstd-8mb");
    assertThat(new ZlibEncoding(9).name()).isEqualTo("zlib");
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.bundle.BundleEncoder;
import org.junit.jupiter.api.Test;

/** A bundle in which the server says that it failed. */
final class AbortedBundleTest {
  private static BundleReader bundle(Map<ByteString, ByteString> parameters) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (BundleEncoder encoder =
        BundleEncoder.hg20(
            BundleCompression.NONE,
            piece -> {
              byte[] copy = new byte[piece.remaining()];
              piece.get(copy);
              bytes.writeBytes(copy);
            })) {
      encoder.part("ERROR:ABORT", parameters, Map.of()).end();
      encoder.end();
    }
    return new BundleReader(
        BundleBytes.of(new ByteArrayInputStream(bytes.toByteArray())), WireLimits.defaults());
  }

  @Test
  void messageOfTheServerIsThatOfTheError() throws IOException {
    try (BundleReader reader =
        bundle(Map.of(ByteString.utf8("message"), ByteString.utf8("not\nallowed")))) {
      assertThatExceptionOfType(BundleException.class)
          .isThrownBy(reader::next)
          .withMessageStartingWith("The server failed to make the bundle: not")
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
  }

  @Test
  void serverNeedNotSayWhy() throws IOException {
    try (BundleReader reader = bundle(Map.of())) {
      assertThatExceptionOfType(BundleException.class)
          .isThrownBy(reader::next)
          .withMessageContaining("does not say why");
    }
  }
}

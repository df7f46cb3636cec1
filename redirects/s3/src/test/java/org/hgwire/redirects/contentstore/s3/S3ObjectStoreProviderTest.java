// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.contentstore.ContentStore;
import org.hgwire.redirects.contentstore.ObjectStoreBuilder;
import org.hgwire.redirects.contentstore.ObjectStoreProvider;
import org.junit.jupiter.api.Test;

final class S3ObjectStoreProviderTest {
  private static ObjectStoreBuilder builder() {
    return ObjectStoreProvider.installed()
        .orElseThrow()
        .builder(RedirectTarget.of("cdn", URI.create("https://cdn.example.org")), "bundles");
  }

  @Test
  void isFoundByTheServiceLoader() {
    assertThat(ObjectStoreProvider.installed()).containsInstanceOf(S3ObjectStoreProvider.class);
  }

  @Test
  void opensAStoreWithoutARequest() throws Exception {
    try (ContentStore store =
        builder()
            .prefix("hg/")
            .region("eu-central-1")
            .endpoint(URI.create("http://127.0.0.1:1"))
            .pathStyle(true)
            .credentials("key", "secret")
            .publicUrls()
            .open()) {
      assertThat(store).isInstanceOf(S3ContentStore.class);
      assertThat(store.target().name()).isEqualTo(ByteString.utf8("cdn"));
    }
  }

  @Test
  void refusesLivesOutOfBounds() {
    for (Duration life :
        new Duration[] {Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(7).plusNanos(1)}) {
      assertThatThrownBy(() -> builder().presigned(life))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(life.toString());
    }
    assertThat(builder().presigned(Duration.ofDays(7))).isNotNull();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hgwire.redirects.contentstore.ObjectStoreProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServedContentTest {
  @TempDir Path directory;

  @Test
  void refusesABucketWithoutItsArtifact() throws IOException {
    assumeThat(ObjectStoreProvider.installed()).as("built without -Pobject-stores").isEmpty();
    Path file =
        Files.writeString(
            directory.resolve("redirects.json"),
            """
            {
              "targets": [
                {"name": "far", "uris": ["https://cdn.example/"], "s3": {"bucket": "b"}}
              ]
            }
            """);
    RedirectConfiguration configuration = RedirectConfiguration.read(file);
    assertThatThrownBy(() -> ServedContent.open(configuration, line -> {}).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the target far is stored in S3")
        .hasMessageContaining("org.hgwire:wireproto-redirects-s3")
        .hasMessageContaining("-Pobject-stores");
  }
}

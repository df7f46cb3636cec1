// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.command.ClonebundlesRequest;
import org.hgwire.core.command.ClonebundlesResponse;
import org.hgwire.core.command.CommandDescriptor;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.server.CommandRegistry;
import org.hgwire.server.command.CloneBundleSource;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.Test;

class ClonebundlesCommandTest {
  private static final ByteString NAME = ByteString.utf8("clonebundles");
  private static final CloneBundleManifest MANIFEST =
      CloneBundleManifest.of(
          List.of(
              CloneBundleEntry.of("https://h/a", Map.of("BUNDLESPEC", "zstd-v2")),
              CloneBundleEntry.of("Peer-Bundle-Cache://b", Map.of()),
              CloneBundleEntry.of("https://h/c", Map.of("a", "b c"))));

  private final MemoryRepository repository = MemoryRepository.publishing();

  private static CommandRegistry registry(CloneBundleSource source) {
    return Registries.of(options -> options.cloneBundles(source));
  }

  private Map<ByteString, CommandDescriptor> advertised(CommandRegistry registry)
      throws IOException {
    return registry.capabilities(Callers.ANYBODY, repository).commands();
  }

  private String manifest(CommandRegistry registry) {
    return ClonebundlesResponse.read(new Calls(registry, repository).one(new ClonebundlesRequest()))
        .manifest()
        .utf8();
  }

  @Test
  void responseIsManifestWithoutInlineBundles() throws IOException {
    CommandRegistry registry = registry((caller, asked) -> MANIFEST);

    assertThat(manifest(registry))
        .isEqualTo("https://h/a BUNDLESPEC=zstd-v2\nhttps://h/c a=b%20c\n");
    CommandDescriptor descriptor = Objects.requireNonNull(advertised(registry).get(NAME));
    assertThat(descriptor.arguments()).isEmpty();
    assertThat(descriptor.permissions()).containsExactly(ByteString.utf8("pull"));
  }

  @Test
  void withoutSourceThereIsNoSuchCommand() throws IOException {
    assertThat(Registries.standard().find("clonebundles")).isNull();
    assertThat(advertised(Registries.standard())).doesNotContainKey(NAME);
  }

  @Test
  void commandIsAdvertisedToCallersWithEntries() throws IOException {
    CommandRegistry none = registry((caller, asked) -> null);
    CommandRegistry empty = registry((caller, asked) -> CloneBundleManifest.of(List.of()));
    CommandRegistry inline =
        registry((caller, asked) -> CloneBundleManifest.of(MANIFEST.entries().subList(1, 2)));
    CommandRegistry others =
        registry((caller, asked) -> caller.host().equals("elsewhere") ? MANIFEST : null);

    for (CommandRegistry registry : List.of(none, empty, inline, others)) {
      assertThat(advertised(registry)).doesNotContainKey(NAME);
      assertThat(manifest(registry)).isEmpty();
    }
  }

  @Test
  void failingSourceIsNotAdvertisedAndAllElseIs() throws IOException {
    for (CloneBundleSource source :
        List.<CloneBundleSource>of(
            (caller, asked) -> {
              throw new IOException("gone");
            },
            (caller, asked) -> {
              throw new IllegalStateException("gone");
            })) {
      assertThat(advertised(registry(source)))
          .containsKey(ByteString.utf8("heads"))
          .doesNotContainKey(NAME);
    }
    CommandRegistry failing =
        registry(
            (caller, asked) -> {
              throw new IOException("gone");
            });
    assertThatThrownBy(() -> manifest(failing)).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void argumentsAreRefused() {
    CommandDefinition definition =
        Objects.requireNonNull(registry((caller, asked) -> MANIFEST).find("clonebundles"));

    assertThatThrownBy(() -> definition.check(CborMap.builder().put("a", true).build()))
        .isInstanceOf(CommandException.class);
    assertThat(definition.permission()).isEqualTo(Permission.PULL);
  }
}

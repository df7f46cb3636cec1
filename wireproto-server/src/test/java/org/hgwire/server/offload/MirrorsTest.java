// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.message.ContentLocation;
import org.hgwire.core.message.RedirectOffer;
import org.hgwire.server.CacheableCall;
import org.hgwire.server.CacheableCalls;
import org.hgwire.server.ResponseCacher;
import org.hgwire.server.ResponseOrigin;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.ObjectSources;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MirrorsTest {
  private static final CommandDefinition HEADS =
      CommandDefinition.named("heads")
          .permission(Permission.PULL)
          .runs(call -> ObjectSources.of(List.of()));

  private record Named(String name) implements Mirrors.Mirror {
    @Override
    public ByteString target() {
      return ByteString.utf8(name);
    }

    @Override
    public @Nullable ContentLocation locate(CacheableCall call) {
      return new ContentLocation(
          ByteString.utf8("https://" + name + ".example/" + call.command().name()),
          ByteString.utf8("application/mercurial-cbor"),
          OptionalLong.empty(),
          List.of(),
          null,
          List.of(),
          List.of(),
          null);
    }
  }

  private static CacheableCall call(@Nullable RedirectOffer offer) {
    return CacheableCalls.of(HEADS, MemoryRepository.publishing(), CborMap.empty(), offer);
  }

  private static RedirectOffer offer(String... targets) {
    return new RedirectOffer(List.of(targets).stream().map(ByteString::utf8).toList(), List.of());
  }

  private static @Nullable String target(ResponseCacher cacher, @Nullable RedirectOffer offer)
      throws IOException {
    ResponseOrigin origin = cacher.originOf(call(offer));
    return origin == null ? null : ((ResponseOrigin.Redirected) origin).target().utf8();
  }

  @Test
  void mirrorsRedirectEveryPullCommand() throws IOException {
    Mirrors mirrors = Mirrors.of(List.of(new Named("a")), Mirrors.Choice.first());
    assertThat(HEADS.isCacheable()).isFalse();
    ResponseOrigin origin = mirrors.originOf(call(offer("a")));
    assertThat(origin)
        .isEqualTo(
            new ResponseOrigin.Redirected(
                ByteString.utf8("a"), requireLocation(new Named("a"), offer("a"))));
  }

  private static ContentLocation requireLocation(Named mirror, RedirectOffer offer) {
    ContentLocation location = mirror.locate(call(offer));
    assertThat(location).isNotNull();
    return location;
  }

  @Test
  void onlyOfferedMirrorsAreChosen() throws IOException {
    List<List<Mirrors.Mirror>> asked = new ArrayList<>();
    Mirrors mirrors =
        Mirrors.of(
            List.of(new Named("a"), new Named("b"), new Named("c")),
            (call, offered) -> {
              asked.add(offered);
              return offered.get(offered.size() - 1);
            });
    assertThat(target(mirrors, null)).isNull();
    assertThat(target(mirrors, offer("x"))).isNull();
    assertThat(target(mirrors, offer())).isNull();
    assertThat(asked).isEmpty();
    assertThat(target(mirrors, offer("x", "b", "a"))).isEqualTo("b");
    assertThat(asked).containsExactly(List.of(new Named("a"), new Named("b")));
  }

  @Test
  void mirrorsTakeTurns() throws IOException {
    Mirrors mirrors =
        Mirrors.of(
            List.of(new Named("a"), new Named("b"), new Named("c")), Mirrors.Choice.inTurn());
    List<String> targets = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      targets.add(String.valueOf(target(mirrors, offer("a", "c"))));
    }
    assertThat(targets).containsExactly("a", "c", "a", "c", "a");
  }

  @Test
  void nextCacherIsAskedIfTheFirstHasNothingOrFails() throws IOException {
    Mirrors none = Mirrors.of(List.of(new Named("a")), (call, offered) -> null);
    ResponseCacher failing =
        call -> {
          throw new IOException("the table of mirrors cannot be read");
        };
    Mirrors b = Mirrors.of(List.of(new Named("b")), Mirrors.Choice.first());
    assertThat(target(none.orElse(failing).orElse(b), offer("a", "b"))).isEqualTo("b");
    assertThat(target(b.orElse(none), offer("b"))).isEqualTo("b");
  }
}

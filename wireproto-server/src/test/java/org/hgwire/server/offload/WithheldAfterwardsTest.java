// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.hgwire.core.command.ChangesetField;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PathFilter;
import org.hgwire.core.command.Phase;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.core.command.RevisionSpecifier;
import org.hgwire.core.command.TypedRequest;
import org.hgwire.redirects.contentstore.FileContentStore;
import org.hgwire.server.CacheableCall;
import org.hgwire.server.CacheableCalls;
import org.hgwire.server.EncodedObjects;
import org.hgwire.server.ResponseOrigin;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.standard.Registries;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changesets that are withheld are not served from responses kept before. */
final class WithheldAfterwardsTest {
  @TempDir Path directory;

  private final MemoryRepository repository = MemoryRepository.nonPublishing();
  private final Node root =
      repository.commit().message("root").write("f", "0\n").phase(Phase.DRAFT).commit();
  private final Node second =
      repository.commit().message("second").write("f", "1\n").phase(Phase.DRAFT).commit();

  private final List<TypedRequest> requests =
      List.of(
          new ChangesetdataRequest(everything(), Set.of(ChangesetField.REVISION)),
          new FilesdataRequest(everything(), Set.of(), PathFilter.everything(), false));

  private List<RevisionSpecifier> everything() {
    return List.of(new RevisionSpecifier.ChangesetDagRange(List.of(), List.of(second)));
  }

  private void isNotServedAfter(Consumer<Node> withhold) throws IOException {
    try (FileContentStore store =
            FileContentStore.builder(
                    RedirectTarget.of("cdn", URI.create("https://cdn.example/")),
                    directory.resolve("store"))
                .open();
        ContentOffload cache =
            ContentOffload.builder(directory.resolve("cache")).store(store).threshold(0).open()) {
      for (TypedRequest request : requests) {
        assertThat(originOf(cache, request)).isInstanceOf(ResponseOrigin.Inline.class);
        assertThat(originOf(cache, request)).isInstanceOf(ResponseOrigin.Redirected.class);
      }
      withhold.accept(second);
      for (TypedRequest request : requests) {
        CacheableCall call = call(request);
        ResponseOrigin origin = requireNonNull(cache.originOf(call));
        assertThat(origin).isInstanceOf(ResponseOrigin.Inline.class);
        assertThat(text(((ResponseOrigin.Inline) origin)::objects)).isEqualTo(text(call::run));
      }
    }
  }

  /** Returns the origin of the response now, and reads it if it is inline. */
  private ResponseOrigin originOf(ContentOffload cache, TypedRequest request) throws IOException {
    ResponseOrigin origin = requireNonNull(cache.originOf(call(request)));
    if (origin instanceof ResponseOrigin.Inline inline) {
      assertThat(Origins.all(inline.objects()).length()).isPositive();
    }
    return origin;
  }

  private CacheableCall call(TypedRequest request) {
    CommandDefinition command = requireNonNull(Registries.standard().find(request.command()));
    return CacheableCalls.of(command, repository, request.arguments(), CacheableCalls.offer("cdn"));
  }

  private static String text(Callable<EncodedObjects> objects) {
    try {
      return Origins.all(objects.call()).hex();
    } catch (Exception refusal) {
      return refusal.toString();
    }
  }

  @Test
  void secretChangesetIsNotServedFromTheCache() throws IOException {
    isNotServedAfter(node -> repository.phase(node, Phase.SECRET));
  }

  @Test
  void hiddenChangesetIsNotServedFromTheCache() throws IOException {
    isNotServedAfter(repository::hide);
  }

  @Test
  void movedPhaseIsAnotherResponse() throws IOException {
    isNotServedAfter(node -> repository.phase(root, Phase.PUBLIC));
  }
}

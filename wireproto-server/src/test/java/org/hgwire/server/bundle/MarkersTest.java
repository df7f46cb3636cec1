// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.bundle.BundleDecoder;
import org.hgwire.core.bundle.BundleEvent;
import org.hgwire.core.bundle.ChangegroupVersion;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.repository.MarkerCursor;
import org.hgwire.server.repository.ObsolescenceMarker;
import org.hgwire.server.repository.ObsolescenceMarkers;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MarkersTest {
  private static final Node GONE = Node.fromHex("11".repeat(20));
  private static final Node OLDER = Node.fromHex("22".repeat(20));
  private static final Node UNRELATED = Node.fromHex("33".repeat(20));

  private final MemoryRepository repository = MemoryRepository.nonPublishing();
  private final List<ObsolescenceMarker> markers = new ArrayList<>();
  private int opened;
  private int version = 1;

  private Node commit(String text) {
    return repository.commit().write("a", text).message(text).commit();
  }

  private void marker(String text, Node predecessor, List<Node> successors, Node... parents) {
    markers.add(
        new ObsolescenceMarker(
            predecessor, successors, List.of(parents), ByteString.utf8("<" + text + ">")));
  }

  private final class Cursor implements MarkerCursor {
    private final Iterator<ObsolescenceMarker> left = markers.iterator();

    Cursor() {
      opened++;
    }

    @Override
    public int version() {
      return version;
    }

    @Override
    public @Nullable ObsolescenceMarker next() {
      return left.hasNext() ? left.next() : null;
    }

    @Override
    public void close() {
      opened--;
    }
  }

  /** Returns the repository with the markers. */
  private Repository exchanging() {
    return () -> {
      RepositorySnapshot snapshot = repository.snapshot();
      return (RepositorySnapshot)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {RepositorySnapshot.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("obsolescenceMarkers")) {
                  return (ObsolescenceMarkers) Cursor::new;
                }
                try {
                  return method.invoke(snapshot, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    };
  }

  /** Returns the payload of the part that has the markers, or null if there is none. */
  private @Nullable String sent(List<Node> heads, Set<Integer> versions) throws IOException {
    BundleRequest request =
        new BundleRequest(
            heads,
            List.of(),
            Bundles.hg20(ChangegroupVersion.V02),
            new BundleParts(true, false, List.of(), versions, false));
    byte[] bundle = Bundles.read(exchanging(), request);
    assertThat(opened).isZero();
    StringBuilder payload = new StringBuilder();
    boolean found = false;
    try (BundleDecoder decoder = new BundleDecoder(WireLimits.defaults(), Set.of("obsmarkers"))) {
      decoder.feed(ByteBuffer.wrap(bundle));
      for (BundleEvent event = decoder.poll(); event != null; event = decoder.poll()) {
        if (event instanceof BundleEvent.PartStarted started) {
          found |= started.part().name().equals("OBSMARKERS");
        } else if (event instanceof BundleEvent.PartDataRead data) {
          payload.append(StandardCharsets.ISO_8859_1.decode(data.data()));
        }
      }
    }
    return found ? payload.toString() : null;
  }

  @Test
  void markersThatLeadToWhatIsSentAreRelevant() throws IOException {
    Node first = commit("one");
    Node second = commit("two");
    marker("of others", UNRELATED, List.of(OLDER));
    marker("before", GONE, List.of(OLDER));
    marker("direct", OLDER, List.of(UNRELATED, second));
    marker("pruned child", node(8), List.of(), first);
    marker("replaced child", GONE, List.of(node(7)), first);

    assertThat(sent(List.of(second), Set.of(0, 1)))
        .isEqualTo("\1<of others><before><direct><pruned child>");
    assertThat(sent(List.of(first), Set.of(1))).isEqualTo("\1<pruned child>");
  }

  @Test
  void pruneOfWhatIsSentIsRelevant() throws IOException {
    Node first = commit("one");
    marker("prune", first, List.of());

    assertThat(sent(List.of(first), Set.of(1))).isEqualTo("\1<prune>");
  }

  @Test
  void secretSuccessorIsNotSent() throws IOException {
    Node first = commit("one");
    Node secret = commit("two");
    repository.phase(secret, Phase.SECRET);
    marker("to a secret", GONE, List.of(secret));

    assertThat(sent(List.of(first), Set.of(1))).isNull();
    assertThat(sent(List.of(), Set.of(1))).isNull();
  }

  @Test
  void versionThatTheClientDoesNotReadIsNotSent() throws IOException {
    Node first = commit("one");
    marker("direct", GONE, List.of(first));

    assertThat(sent(List.of(first), Set.of(0))).isNull();
    assertThat(sent(List.of(first), Set.of())).isNull();
    version = 0;
    assertThat(sent(List.of(first), Set.of(0))).isEqualTo("\0<direct>");
  }

  @Test
  void longChainIsFollowedInTurns() throws IOException {
    Node first = commit("one");
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      marker("" + i, node(i), List.of(i + 1 == count ? first : node(i + 1)));
    }

    assertThat(sent(List.of(first), Set.of(1))).startsWith("\1<0><1>").endsWith("<19999>");
  }

  private static Node node(int number) {
    return Node.fromHex(String.format("%040x", number + 1));
  }

  @Test
  void markersAreRequestedByNameAndVersion() {
    Map<String, ByteString> arguments =
        Map.of(
            "obsmarkers", ByteString.utf8("1"),
            "bundlecaps", ByteString.utf8("HG20,bundle2=HG20%0Aobsmarkers%3DV1%2CV9"));

    assertThat(GetbundleArguments.read(arguments).parts().markerVersions()).containsExactly(1);
    assertThat(
            GetbundleArguments.read(Map.of("bundlecaps", arguments.get("bundlecaps")))
                .parts()
                .markerVersions())
        .isEmpty();
  }
}

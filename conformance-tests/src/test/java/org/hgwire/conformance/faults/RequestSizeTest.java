// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hgwire.client.ExchangeListener;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.RequestTooLargeException;
import org.hgwire.client.RetryPolicy;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.conformance.faults.RefusingProxy.Way;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests that are too large for the server or for a proxy before it. */
@Timeout(120)
final class RequestSizeTest {
  /** Of a proxy; a request with a node of each changeset has more. */
  private static final int MAX = 40_000;

  private static final int CHANGESETS = 2_500;

  @TempDir Path directory;
  private MemoryRepository repository;
  private Node root;

  @BeforeEach
  void makeRepository() throws IOException {
    repository = MemoryRepository.publishing();
    root = repository.commit().write("shared", "text").message("root").commit();
    growHeads("first");
  }

  private void growHeads(String name) throws IOException {
    for (int i = 0; i < CHANGESETS; i++) {
      repository.commit().parent(root).write("f", name + i).message(name + i).commit();
    }
  }

  private static PeerOptions quickly() {
    return PeerOptions.builder()
        .retries(RetryPolicy.of(2).withPauses(Duration.ZERO, Duration.ZERO))
        .build();
  }

  private PullSummary pull(URI url, PeerOptions options) throws IOException {
    try (Peer peer = Peer.connect(url, options);
        PullSink sink = RepositorySink.open(directory.resolve("into"))) {
      PullSummary summary = Pull.run(peer, sink);
      assertThat(sink.incomplete()).isEmpty();
      return summary;
    }
  }

  @ParameterizedTest
  @EnumSource
  void pullGoesOnWithHalfAsMuch(Way way) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start(repository);
        RefusingProxy proxy = new RefusingProxy(URI.create(server.url()), MAX, way)) {
      PullSummary first = pull(proxy.url(), quickly());
      growHeads("second");
      PullSummary second = pull(proxy.url(), quickly());

      assertThat(first.changesets()).isEqualTo(CHANGESETS + 1);
      assertThat(first.fileRevisions()).isEqualTo(CHANGESETS + 1);
      assertThat(second.changesets()).isEqualTo(CHANGESETS);
      assertThat(second.fileRevisions()).isEqualTo(CHANGESETS);
      // One size is tried, not one for each command.
      assertThat(proxy.refused).hasSizeBetween(1, way == Way.CUT ? 8 : 4);
      assertThat(proxy.passed).allMatch(length -> length <= MAX);
    }
  }

  @Test
  void nothingLongerThanTheBoundIsSent() throws Exception {
    List<Long> sent = new CopyOnWriteArrayList<>();
    ExchangeListener listener =
        new ExchangeListener() {
          @Override
          public void bytesSent(long count) {
            sent.add(count);
          }
        };
    PeerOptions options = PeerOptions.builder().maxRequestBytes(20_000).listener(listener).build();
    try (ServerUnderTest server = ServerUnderTest.start(repository)) {
      URI url = URI.create(server.url());
      assertThat(pull(url, options).changesets()).isEqualTo(CHANGESETS + 1);
      growHeads("second");
      assertThat(pull(url, options).changesets()).isEqualTo(CHANGESETS);
    }
    assertThat(sent).allMatch(bytes -> bytes <= 20_000);
    assertThat(Collections.max(sent)).isGreaterThan(10_000);
  }

  @Test
  void requestBeyondTheBoundIsRefusedWithoutBeingSent() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start(repository);
        Peer peer = Peer.connect(server.url())) {
      List<Node> nodes = Collections.nCopies(48_000, root);
      assertThatThrownBy(() -> peer.known(nodes))
          .isInstanceOf(RequestTooLargeException.class)
          .hasMessageContaining("1000000");
      assertThat(peer.known(nodes.subList(0, 47_000))).hasSize(47_000);
    }
  }

  @Test
  void proxyThatRefusesEverythingIsNamed() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start(repository);
        RefusingProxy proxy = new RefusingProxy(URI.create(server.url()), 10, Way.AFTER_THE_BODY)) {
      assertThatThrownBy(() -> pull(proxy.url(), quickly()))
          .isInstanceOf(RequestTooLargeException.class)
          .hasMessageContainingAll("127.0.0.1", "413");
    }
  }
}

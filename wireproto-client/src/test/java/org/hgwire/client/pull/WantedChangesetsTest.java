// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.hgwire.client.sink.ForwardingPullSink;
import org.hgwire.client.sink.MemoryText;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.testing.MemorySink;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.junit.jupiter.api.Test;

final class WantedChangesetsTest {
  private static final Node ROOT = node('a');
  private static final Node LEFT = node('b');
  private static final Node RIGHT = node('c');
  private static final ByteString MAIN = ByteString.utf8("main");

  private static Node node(char digit) {
    return Node.fromHex(String.valueOf(digit).repeat(40));
  }

  private static int forgotten(Node... wanted) throws IOException {
    AtomicInteger forgotten = new AtomicInteger();
    try (MemorySink sink = new MemorySink()) {
      for (Node node : List.of(ROOT, LEFT, RIGHT)) {
        sink.accept(
            new PulledRevision(
                RevisionKey.changeset(node),
                node.equals(ROOT) ? Node.NULL : ROOT,
                Node.NULL,
                null,
                new MemoryText(new byte[0])));
      }
      new WantedChangesets(List.of(wanted), Map.of())
          .forgetOthers(
              new ForwardingPullSink(sink) {
                @Override
                public boolean forgetIncomplete() {
                  forgotten.incrementAndGet();
                  return true;
                }
              });
    }
    return forgotten.get();
  }

  @Test
  void incompleteChangesetsThatAreNotWantedAreForgotten() throws IOException {
    assertThat(forgotten(LEFT, RIGHT)).isZero();
    assertThat(forgotten(LEFT)).isEqualTo(1);
    assertThat(forgotten(ROOT)).isEqualTo(1);
    assertThat(forgotten(node('d'))).isEqualTo(1);
  }

  @Test
  void stateIsThatOfTheWantedChangesets() {
    RepositoryState all =
        new RepositoryState(Set.of(LEFT, RIGHT), Map.of(MAIN, RIGHT), false, Set.of(RIGHT));
    RepositoryState wanted = new WantedChangesets(List.of(LEFT), Map.of(MAIN, LEFT)).of(all);
    assertThat(wanted)
        .isEqualTo(
            new RepositoryState(
                Set.of(LEFT), Map.of(MAIN, LEFT), false, Set.of(RIGHT), Set.of(MAIN)));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.hgwire.server.repository.work.Turns.finish;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.DerivedFacts;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredRevision;
import org.hgwire.server.repository.work.Steps;
import org.hgwire.server.repository.work.Work;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is computed of a state is computed once, by whichever requests come. */
class KeptFactsTest {
  private static final int COUNT = 50_000;
  private static final Node TIP = new Node(COUNT, 0, 0);

  private final DerivedFacts facts = new DerivedFacts();
  private final AtomicLong looks = new AtomicLong();
  private final Steps steps =
      new Steps(Long.MAX_VALUE, () -> new IllegalStateException("there is no end of steps"));

  @Test
  void secondRequestLooksAtNothing() {
    assertThat(heads(new View(facts))).containsExactly(TIP);
    assertThat(looks.getAndSet(0)).isGreaterThan(COUNT);
    assertThat(heads(new View(facts))).containsExactly(TIP);
    assertThat(looks).hasValue(0);
  }

  @Test
  void nothingIsKeptForOtherStatesOrWithoutPlace() {
    heads(new View(facts));
    looks.set(0);
    heads(new View(new DerivedFacts()));
    assertThat(looks.getAndSet(0)).isGreaterThan(COUNT);
    heads(new View(null));
    assertThat(looks.getAndSet(0)).isGreaterThan(COUNT);
    heads(new View(null));
    assertThat(looks.get()).isGreaterThan(COUNT);
  }

  @Test
  void requestContinuesWhatAnotherLeftAndDoesNotUseItsView() throws IOException {
    View left = new View(facts);
    Work<List<Node>> begun = ChangesetGraph.of(left).then(ChangesetGraph::heads);
    steps.beginTurn();
    assertThat(begun.advance(steps)).isNull();
    begun.close();
    left.close();
    long before = looks.getAndSet(0);
    heads(new View(facts));
    long after = looks.getAndSet(0);
    heads(new View(new DerivedFacts()));
    assertThat(before).isPositive();
    assertThat(before + after).isCloseTo(looks.get(), within(10L));
  }

  @Test
  void requestWithoutTheTurnIsNotReadyAndNotBlocked() throws Exception {
    CountDownLatch looking = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    View slow =
        new View(facts) {
          @Override
          void look() {
            looking.countDown();
            await(released);
          }
        };
    Thread other = new Thread(() -> heads(slow));
    other.start();
    await(looking);
    steps.beginTurn();
    assertThat(ChangesetGraph.of(new View(facts)).advance(steps)).isNull();
    released.countDown();
    other.join();
    assertThat(looks.getAndSet(0)).isGreaterThan(COUNT);
    assertThat(heads(new View(facts))).containsExactly(TIP);
    assertThat(looks).hasValue(0);
  }

  @Test
  void workBeginsAnewAfterAFailedStep() {
    View damaged =
        new View(facts) {
          @Override
          void look() {
            if (looks.get() > COUNT + COUNT / 2) {
              throw new IllegalStateException("damaged");
            }
          }
        };
    assertThatThrownBy(() -> heads(damaged)).hasMessage("damaged");
    assertThat(heads(new View(facts))).containsExactly(TIP);
  }

  private static List<Node> heads(View view) {
    return finish(ChangesetGraph.of(view).then(ChangesetGraph::heads));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A view of changesets in a line, which counts what is looked at. */
  private class View implements RepositorySnapshot, ChangesetIndex {
    private final @Nullable DerivedFacts derived;
    private boolean closed;

    View(@Nullable DerivedFacts derived) {
      this.derived = derived;
    }

    /** Looks at a changeset. */
    void look() {}

    private int looked(int result) {
      assertThat(closed).isFalse();
      looks.incrementAndGet();
      look();
      return result;
    }

    @Override
    public @Nullable DerivedFacts derived() {
      return derived;
    }

    @Override
    public ChangesetIndex changesets() {
      return this;
    }

    @Override
    public int count() {
      return COUNT;
    }

    @Override
    public Node node(int revision) {
      return new Node(looked(revision + 1), 0, 0);
    }

    @Override
    public int revision(Node node) {
      return looked((int) node.high() - 1);
    }

    @Override
    public int parent1(int revision) {
      return looked(revision - 1);
    }

    @Override
    public int parent2(int revision) {
      return NONE;
    }

    @Override
    public Phase phase(int revision) {
      looked(revision);
      return Phase.DRAFT;
    }

    @Override
    public StoredRevision text(int revision) {
      throw new AssertionError("no text is read");
    }

    @Override
    public @Nullable RevisionStore manifests(ByteString tree) {
      return null;
    }

    @Override
    public @Nullable RevisionStore file(ByteString path) {
      return null;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}

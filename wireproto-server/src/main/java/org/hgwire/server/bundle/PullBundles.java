// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.hgwire.core.WireLimits;
import org.hgwire.server.repository.PullBundle;
import org.hgwire.server.repository.graph.ChangesetGraph;
import org.hgwire.server.repository.work.Steps;
import org.hgwire.server.repository.work.Work;
import org.jspecify.annotations.Nullable;

/**
 * The checks of the stored bundles. Each bundle is read once: what was found is kept, and who asks
 * meanwhile does without it. What is kept stays true, since a changeset never gets other ancestors.
 * Safe for use by several threads.
 */
public final class PullBundles {
  /** How many results are kept: some 200 bytes each, and as many heads as a bundle has. */
  private static final int MAX_KEPT = 1000;

  private final WireLimits limits;
  private final Set<Object> running = new HashSet<>();
  private final Map<Object, CheckedBundle> results =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, CheckedBundle> eldest) {
          return size() > MAX_KEPT;
        }
      };

  /** Makes checks of which none was done, with the limits on what is decoded. */
  public PullBundles(WireLimits limits) {
    this.limits = limits;
  }

  /**
   * Returns the work that finds out what a bundle is. It fails with {@link IOException} if that is
   * found out now.
   *
   * @param changesets those that it should have; not changed
   */
  Work<CheckedBundle> check(PullBundle bundle, ChangesetGraph graph, BitSet changesets) {
    Object identity = bundle.identity();
    synchronized (this) {
      CheckedBundle known = results.get(identity);
      if (known != null) {
        return Work.done(known);
      }
      if (!running.add(identity)) {
        return Work.done(CheckedBundle.UNUSABLE);
      }
    }
    return new Check(bundle, graph, changesets);
  }

  private synchronized void keep(Object identity, CheckedBundle result) {
    results.put(identity, result);
  }

  private synchronized void end(Object identity) {
    running.remove(identity);
  }

  /** A check that others do not wait for. */
  private final class Check implements Work<CheckedBundle> {
    private final PullBundle bundle;
    private final ChangesetGraph graph;
    private final BitSet changesets;
    private @Nullable PullBundleCheck reading;

    Check(PullBundle bundle, ChangesetGraph graph, BitSet changesets) {
      this.bundle = bundle;
      this.graph = graph;
      this.changesets = changesets;
    }

    @Override
    public @Nullable CheckedBundle advance(Steps steps) throws IOException {
      try {
        PullBundleCheck begun = reading;
        if (begun == null) {
          begun = new PullBundleCheck(bundle, graph, changesets, limits);
          reading = begun;
        }
        CheckedBundle found = begun.advance(steps);
        if (found == null) {
          return null;
        }
        keep(bundle.identity(), found);
        return found;
      } catch (IOException unusable) {
        keep(bundle.identity(), CheckedBundle.UNUSABLE);
        throw unusable;
      }
    }

    @Override
    public void close() throws IOException {
      end(bundle.identity());
      if (reading != null) {
        reading.close();
      }
    }
  }
}

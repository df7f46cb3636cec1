// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Ways to cut bytes. */
public final class ChunkingArbitraries {
  private static final int MAX_LENGTH = 40;

  private ChunkingArbitraries() {}

  /** Chunkings into pieces of up to 40 bytes, some of them empty. They shrink to single bytes. */
  public static Arbitrary<Chunking> chunkings() {
    return chunkings(MAX_LENGTH);
  }

  /** Chunkings into pieces of up to {@code max} bytes, some of them empty. */
  public static Arbitrary<Chunking> chunkings(int max) {
    return Arbitraries.integers()
        .between(0, max)
        .shrinkTowards(1)
        .list()
        .ofMinSize(1)
        .ofMaxSize(20)
        .map(Chunking::new);
  }
}

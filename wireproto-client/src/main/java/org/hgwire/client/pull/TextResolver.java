// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.hgwire.client.VerificationException;
import org.hgwire.client.sink.MemoryText;
import org.hgwire.client.sink.RevisionDelta;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionKind;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.revision.Delta;
import org.hgwire.core.revision.DeltaFragments;
import org.hgwire.core.revision.NodeHasher;
import org.jspecify.annotations.Nullable;

/**
 * Reconstructs the full text of a revision from what was sent, and checks it against its node: the
 * result has that hash, or is a {@link SubstituteText}. A text that is longer than {@link
 * PullOptions#textInMemory()} goes through temporary files, and so does such a delta.
 */
final class TextResolver {
  /** Where the texts are that were already verified. */
  interface Bases {
    @Nullable RevisionText open(RevisionKey key) throws IOException;
  }

  private final Bases bases;
  private final PullOptions options;
  private final PullLimits limits;
  private final BaseCache cache;
  private final NodeHasher hasher = NodeHasher.of(Parents.NONE);

  TextResolver(Bases bases, PullOptions options, PullLimits limits) {
    this.bases = bases;
    this.limits = limits;
    this.options = options;
    this.cache = new BaseCache(options.cacheBytes());
  }

  /**
   * Returns the text of a revision that was sent whole.
   *
   * @throws VerificationException if its hash is not its node
   */
  ResolvedText whole(RevisionKey key, Parents parents, SentData data) throws IOException {
    hasher.restart(parents);
    try (TextBuilder builder = new TextBuilder(data.size(), hasher, options)) {
      builder.write(data.stream(), data.size());
      return new ResolvedText(verified(key, builder.finish()));
    }
  }

  /**
   * Returns the text of a revision that was sent as a delta, with the delta if it is in memory.
   *
   * @throws VerificationException if there is no such base, or the hash of the text is not its node
   * @throws org.hgwire.core.WireProtocolException if the delta is malformed, or the text too long
   */
  ResolvedText patched(RevisionKey key, Parents parents, Node base, SentData data)
      throws IOException {
    RevisionText baseText = base(key, base);
    ByteBuffer inMemory = data.inMemory();
    if (inMemory != null) {
      return patched(key, parents, base, baseText, inMemory);
    }
    try (TextBuilder builder = new TextBuilder(data.size(), null, options)) {
      builder.write(data.stream(), data.size());
      RevisionText delta = builder.finish();
      if (delta instanceof SpilledText spilled) {
        try (spilled) {
          return new ResolvedText(apply(key, parents, baseText, spilled.map()));
        }
      }
      return patched(key, parents, base, baseText, ByteBuffer.wrap(delta.sharedBytes()));
    }
  }

  private ResolvedText patched(
      RevisionKey key, Parents parents, Node base, RevisionText baseText, ByteBuffer delta)
      throws IOException {
    if (baseText.length() > options.textInMemory()) {
      RevisionText text = apply(key, parents, baseText, delta);
      return new ResolvedText(text, base.isNull() ? null : new RevisionDelta(base, delta), null);
    }
    MemoryText memory = new MemoryText(baseText.sharedBytes());
    RevisionText text = apply(key, parents, memory, delta);
    return base.isNull()
        ? new ResolvedText(text)
        : new ResolvedText(text, new RevisionDelta(base, delta), memory);
  }

  private RevisionText base(RevisionKey key, Node base) throws IOException {
    if (base.isNull()) {
      return new MemoryText(new byte[0]);
    }
    RevisionKey baseKey = new RevisionKey(key.kind(), key.path(), base);
    RevisionText cached = cache.find(baseKey);
    if (cached != null) {
      return cached;
    }
    RevisionText stored = bases.open(baseKey);
    if (stored == null) {
      throw new VerificationException(
          key.node(),
          "The "
              + key
              + " was sent as a delta against "
              + base
              + ", which was not sent and is not in the sink; report this to the server's"
              + " administrator.",
          null);
    }
    return stored;
  }

  /** Applies a delta while the base is read once, from its start to its end. */
  private RevisionText apply(RevisionKey key, Parents parents, RevisionText base, ByteBuffer delta)
      throws IOException {
    hasher.restart(parents);
    long length = Delta.resultLength(delta, base.length());
    limits.texts().work(length);
    if (base instanceof MemoryText memory && length <= options.textInMemory()) {
      ByteBuffer made = Delta.apply(ByteBuffer.wrap(memory.bytes()), delta, (int) length);
      hasher.update(made.duplicate());
      return verified(key, new MemoryText(made.array()));
    }
    try (TextBuilder builder = new TextBuilder(length, hasher, options);
        InputStream in = base.open()) {
      DeltaFragments fragments = new DeltaFragments(delta, base.length());
      long position = 0;
      while (fragments.next()) {
        builder.write(in, fragments.start() - position);
        builder.write(fragments.content());
        in.skipNBytes(fragments.end() - fragments.start());
        position = fragments.end();
      }
      builder.write(in, base.length() - position);
      return verified(key, builder.finish());
    }
  }

  private RevisionText verified(RevisionKey key, RevisionText text) throws IOException {
    Node found = hasher.finish();
    if (!found.equals(key.node())) {
      // "May only occur on file revisions."
      SubstituteText substitute =
          key.kind() == RevisionKind.FILE ? SubstituteText.read(text) : null;
      new ResolvedText(text).close();
      if (substitute != null) {
        return substitute;
      }
      throw new VerificationException(
          key.node(),
          "The text of the "
              + key
              + " has the hash "
              + found
              + " and was not stored: it is damaged; report this to the server's administrator.",
          null);
    }
    cache.keep(key, text);
    return text;
  }
}

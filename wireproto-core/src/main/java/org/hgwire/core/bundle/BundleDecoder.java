// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.bundle.BundleEvent.BundleEnded;
import org.hgwire.core.bundle.BundleEvent.HeaderRead;
import org.hgwire.core.encoding.ContentDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one bundle, fed in pieces of any size.
 *
 * <pre>{@code
 * try (BundleDecoder decoder = new BundleDecoder(limits)) {
 *   while (…) {
 *     decoder.feed(input);
 *     for (BundleEvent event = decoder.poll(); event != null; event = decoder.poll()) { … }
 *   }
 *   decoder.endOfInput();
 * }
 * }</pre>
 *
 * <p>Theory of operation. First the header is read ({@link BundleEvent.HeaderRead}). From then on
 * the input is decompressed, in slices of at most {@link WireLimit#MAX_DECODED_SLICE} bytes, and
 * each slice is decoded to its last event before the next is made: as a changegroup 01 (HG10) or as
 * parts (HG20). When the structure is complete ({@link BundleEvent.BundleEnded}) nothing may follow
 * in it, in the compressed data, or after that.
 *
 * <p>Parts. The payload of a {@code changegroup} is decoded. An {@code error:…} is thrown with code
 * PEER_ERROR. The payload of the kinds that the caller names is given as it is. Others are skipped
 * if they are advisory, else refused with code UNSUPPORTED.
 *
 * <p>bzip2 is left to the caller, who has to do this when {@link BundleEvent.HeaderRead} says so,
 * and may do it with any compression:
 *
 * <pre>{@code
 * ByteBuffer begun = decoder.detachBody();
 * // decompress what begins with begun, and feed what comes out
 * }</pre>
 *
 * <p>How the input is cut changes nothing but the number of {@link ChangegroupEvent.DeltaRead} and
 * {@link BundleEvent.PartDataRead}. Errors have the scope of a request; their offsets are in what
 * is decompressed. Memory: one slice, the window of the compression, and what {@link
 * ChangegroupDecoder} holds. Not safe for use by several threads.
 */
public final class BundleDecoder extends EventDecoder<BundleEvent> implements AutoCloseable {
  private enum State {
    HEADER,
    /** The header was returned: the body may be detached. */
    HEADER_READ,
    BODY,
    /** The body ended: only the end of its compression may follow. */
    ENDED
  }

  private final WireLimits limits;
  private final KnownParts known;
  private final HeaderReader headerReader;
  private State state = State.HEADER;
  private @Nullable BundleHeader header;
  private boolean detached;
  private boolean closed;
  private @Nullable ContentDecoder decompression;
  private @Nullable EventDecoder<? extends BundleEvent> body;

  /** Makes a decoder that takes changegroups only, and holds its input to {@code limits}. */
  public BundleDecoder(WireLimits limits) {
    this(limits, Set.of());
  }

  /**
   * Makes a decoder that takes changegroups and more.
   *
   * @param taken the kinds of parts, in lower case, of which the payload is given as it is; whoever
   *     names a kind has to know its mandatory parameters too
   */
  public BundleDecoder(WireLimits limits, Set<String> taken) {
    super("the bundle");
    this.limits = limits;
    known = new KnownParts(taken);
    headerReader = new HeaderReader(limits);
  }

  /**
   * Takes the decompression over: returns what was fed of the compressed body, and takes from then
   * on what the caller decompresses of it. May be called once, when {@link BundleEvent.HeaderRead}
   * was returned and nothing since.
   *
   * @return where the compressed body begins, with the seed {@code BZ} that HG10 has of it in its
   *     header: a new buffer that belongs to the caller
   * @throws IllegalStateException if the header was not the last event, or this was done before
   */
  public ByteBuffer detachBody() {
    BundleHeader current = header;
    if (current == null || state != State.HEADER_READ || detached) {
      throw new IllegalStateException("the body is detached once, just after the header was read");
    }
    detached = true;
    boolean seeded =
        current.format() == BundleHeader.Format.HG10
            && current.compression() == BundleCompression.BZIP2;
    // "consumers of bzip2 bundles need to seed the bzip2 decompressor with BZ" (bundles, HG10).
    byte[] seed =
        seeded ? current.compression().code().getBytes(StandardCharsets.US_ASCII) : new byte[0];
    ByteBuffer rest = takeInput();
    return ByteBuffer.allocate(seed.length + rest.remaining()).put(seed).put(rest).flip();
  }

  /** Frees what decompresses, and ends decoding; more than once does nothing. */
  @Override
  public void close() {
    closed = true;
    if (decompression != null) {
      decompression.close();
    }
  }

  @Override
  boolean isComplete() {
    return state == State.ENDED && (decompression == null || decompression.hasEnded());
  }

  @Override
  @Nullable BundleEvent decode() {
    if (closed) {
      throw new IllegalStateException("the decoder is closed");
    }
    if (state == State.HEADER) {
      BundleHeader read = headerReader.read(input);
      if (read == null) {
        return null;
      }
      header = read;
      state = State.HEADER_READ;
      return new HeaderRead(read);
    }
    return nextOf(openBody());
  }

  private EventDecoder<? extends BundleEvent> openBody() {
    EventDecoder<? extends BundleEvent> current = body;
    if (current != null) {
      return current;
    }
    BundleHeader read = Objects.requireNonNull(header);
    if (!detached && !read.compression().isBuiltIn()) {
      throw fault(
          WireErrorCode.ENCODING_UNKNOWN,
          "is compressed in a way that its reader has to decompress, "
              + read.compression()
              + ", and it does not");
    }
    decompression = detached ? null : read.compression().newDecoder(limits);
    current =
        read.format() == BundleHeader.Format.HG10
            ? new ChangegroupDecoder(Changegroup.of(ChangegroupVersion.V01), limits)
            : new PartsDecoder(known, limits);
    body = current;
    state = State.BODY;
    return current;
  }

  private @Nullable BundleEvent nextOf(EventDecoder<? extends BundleEvent> current) {
    while (true) {
      // A changegroup that is a body ends without saying so of the bundle.
      if (state == State.BODY && current.isComplete()) {
        state = State.ENDED;
        return new BundleEnded();
      }
      BundleEvent event = current.poll();
      if (event != null) {
        state = event instanceof BundleEnded ? State.ENDED : state;
        return event;
      }
      ByteBuffer slice = nextSlice();
      if (slice == null) {
        return null;
      }
      current.feed(slice);
    }
  }

  private @Nullable ByteBuffer nextSlice() {
    ContentDecoder decoder = decompression;
    if (decoder == null) {
      return input.hasRemaining() ? input.piece(Integer.MAX_VALUE) : null;
    }
    try {
      ByteBuffer slice = decoder.poll();
      while (slice == null && input.hasRemaining()) {
        decoder.feed(input.piece(Integer.MAX_VALUE));
        slice = decoder.poll();
      }
      return slice;
    } catch (WireProtocolException fault) {
      throw fault(fault.code(), "cannot be decompressed: " + fault.getMessage());
    }
  }
}

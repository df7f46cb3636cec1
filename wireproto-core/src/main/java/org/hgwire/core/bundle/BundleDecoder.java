// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.bundle.BundleEvent.BundleEnded;
import org.hgwire.core.bundle.BundleEvent.HeaderRead;
import org.hgwire.core.encoding.ContentDecoder;
import org.hgwire.core.encoding.ZstdLibrary;
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
 * <p>Theory of operation. First the header is read ({@link BundleEvent.HeaderRead}). After that the
 * input is decompressed in slices of at most {@link WireLimit#MAX_DECODED_SLICE} bytes, and each
 * slice is completely decoded before the next is decompressed: as a changegroup 01 (HG10) or as
 * parts (HG20). After the end of the structure ({@link BundleEvent.BundleEnded}) nothing may
 * follow, neither in the decompressed data nor in the compressed data nor after it.
 *
 * <p>Parts. The payload of a {@code changegroup} is decoded. An {@code error:…} is thrown with code
 * PEER_ERROR. The payload of kinds that the caller accepts is returned unchanged. Other parts are
 * skipped if they are advisory and otherwise refused with code UNSUPPORTED.
 *
 * <p>bzip2 is left to the caller, which must do this when {@link BundleEvent.HeaderRead} says so,
 * and may do it with any compression:
 *
 * <pre>{@code
 * ByteBuffer begun = decoder.detachBody();
 * // decompress begun and all that follows it, and feed the result
 * }</pre>
 *
 * <p>How the input is cut changes only the number of {@link ChangegroupEvent.DeltaRead} and {@link
 * BundleEvent.PartDataRead}, and how much is returned of what precedes damage in compressed data.
 * Errors have the scope of a request; their offsets are in the decompressed data. Memory: one
 * slice, the window of the compression, and what {@link ChangegroupDecoder} holds. Not safe for use
 * by several threads.
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

  /** Makes a decoder that accepts changegroups only and enforces {@code limits}. */
  public BundleDecoder(WireLimits limits) {
    this(limits, Set.of());
  }

  /**
   * Makes a decoder that accepts changegroups and other parts.
   *
   * @param accepted the kinds of parts, in lower case, whose payload is returned unchanged; a
   *     caller that accepts a kind must know its mandatory parameters
   */
  public BundleDecoder(WireLimits limits, Set<String> accepted) {
    super("the bundle");
    this.limits = limits;
    known = new KnownParts(accepted);
    headerReader = new HeaderReader(limits);
  }

  /**
   * Lets the caller decompress: returns what was fed of the compressed body, and from then on
   * expects the decompressed body as input. May be called once, directly after {@link
   * BundleEvent.HeaderRead} was returned.
   *
   * @return the start of the compressed body, including the {@code BZ} that HG10 has in its header:
   *     a new buffer that belongs to the caller
   * @throws IllegalStateException if the header was not the last event, or this was done before
   */
  public ByteBuffer detachBody() {
    BundleHeader current = header;
    if (current == null || state != State.HEADER_READ || detached) {
      throw new IllegalStateException(
          "detachBody() may be called once, directly after the header was returned");
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

  /** Frees the decompressor and ends decoding. Further calls have no effect. */
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
          "is compressed with "
              + read.compression()
              + ", which the caller must decompress after detachBody()");
    }
    Optional<String> missing = ZstdLibrary.problem();
    if (!detached && read.compression() == BundleCompression.ZSTD && missing.isPresent()) {
      throw fault(
          WireErrorCode.ENCODING_UNKNOWN,
          "is compressed with zstd, which cannot be read: " + missing.get());
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
      // A changegroup as the body has no event for the end of the bundle.
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

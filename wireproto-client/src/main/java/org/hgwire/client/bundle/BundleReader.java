// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.bundle.BundleDecoder;
import org.hgwire.core.bundle.BundleEvent;
import org.hgwire.core.bundle.ChangegroupEvent;
import org.hgwire.core.bundle.Segment;
import org.jspecify.annotations.Nullable;

/**
 * Reads the revisions of a bundle, one after the other: HG10 or HG20, uncompressed or in any of the
 * three compressions, with changegroups 01 to 03.
 *
 * <p>Of the other parts of HG20, keys of namespaces and obsolescence markers go to a {@link
 * BundleParts}. Those whose content comes there in another form, or can be computed, are skipped:
 * phase heads, bookmarks and caches; unknown advisory parts are skipped too. No other parts are
 * allowed. A part that says that the server failed ends the bundle with what it says. It takes the
 * memory of a {@link BundleDecoder}, and 6 MiB more for bzip2. For one thread.
 *
 * <p>bzip2 needs an optional library, see {@link #readsBzip2}.
 */
public final class BundleReader implements AutoCloseable {
  private final WireLimits limits;
  private final BundleDecoder decoder;
  private final OpenParts parts;
  private final boolean needsChangegroup;
  private BundleBytes bytes;
  private Segment segment = Segment.CHANGESETS;
  private ByteString path = ByteString.empty();
  private OptionalLong changesets = OptionalLong.empty();
  private boolean inChangegroup;
  private boolean foundChangegroup;
  private boolean ended;
  private @Nullable PieceStream open;

  /**
   * Makes a reader of a bundle that has revisions, and of nothing else that it has.
   *
   * @param bytes the bundle; closed with the reader
   * @param limits the limits that it is checked against
   */
  public BundleReader(BundleBytes bytes, WireLimits limits) {
    this(bytes, limits, BundleParts.IGNORED, true);
  }

  /**
   * Makes a reader of a bundle that may have no revisions.
   *
   * @param bytes the bundle; closed with the reader
   * @param limits the limits that it is checked against
   * @param parts gets what else it has, while the revisions are read
   */
  public BundleReader(BundleBytes bytes, WireLimits limits, BundleParts parts) {
    this(bytes, limits, parts, false);
  }

  private BundleReader(
      BundleBytes bytes, WireLimits limits, BundleParts parts, boolean needsChangegroup) {
    this.bytes = bytes;
    this.limits = limits;
    this.parts = new OpenParts(parts, limits);
    this.needsChangegroup = needsChangegroup;
    this.decoder = new BundleDecoder(limits, OpenParts.ACCEPTED);
  }

  /**
   * Returns the next revision, or null at the end of the bundle, when all bytes were read.
   *
   * @throws BundleException if the bundle is malformed, incomplete or not supported
   * @throws IOException if the source of the bundle throws
   */
  public @Nullable BundleRevision next() throws IOException {
    PieceStream unread = open;
    if (unread != null) {
      unread.skipRest();
      open = null;
    }
    for (BundleEvent event = event(); event != null; event = event()) {
      if (event instanceof ChangegroupEvent.DeltaGroupStarted group) {
        segment = group.segment();
        path = group.path();
      } else if (event instanceof ChangegroupEvent.RevisionRead read) {
        ByteBuffer delta = read.delta();
        return new BundleRevision(
            segment,
            path,
            read.header(),
            delta.remaining(),
            delta,
            new PieceStream(delta.duplicate(), () -> null));
      } else if (event instanceof ChangegroupEvent.RevisionStarted started) {
        PieceStream stream = new PieceStream(ByteBuffer.allocate(0), this::piece);
        open = stream;
        return new BundleRevision(segment, path, started.header(), started.length(), null, stream);
      }
    }
    if (needsChangegroup && !foundChangegroup) {
      throw new BundleException(BundleFault.UNREADABLE, "The bundle contains no changegroup.");
    }
    parts.ended();
    return null;
  }

  /**
   * Returns whether bundles in bzip2 can be read: whether the library {@code
   * org.apache.commons:commons-compress}, which is optional, is on the class path or the module
   * path. Without it such a bundle fails with {@link BundleFault#UNSUPPORTED}, and a pull does not
   * choose one.
   */
  public static boolean readsBzip2() {
    try {
      Class.forName(
          "org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream",
          false,
          BundleReader.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Returns the number of changesets in the current changegroup, if the bundle says it. */
  public OptionalLong changesets() {
    return changesets;
  }

  private @Nullable ByteBuffer piece() throws IOException {
    while (true) {
      BundleEvent event = event();
      if (event == null || event instanceof ChangegroupEvent.RevisionEnded) {
        return null;
      }
      if (event instanceof ChangegroupEvent.DeltaRead read) {
        return read.data();
      }
    }
  }

  /** Returns the next event, or null when the bundle and its source have ended. */
  private @Nullable BundleEvent event() throws IOException {
    while (!ended) {
      try {
        BundleEvent event = decoder.poll();
        if (event != null) {
          note(event);
          return event;
        }
      } catch (WireProtocolException e) {
        throw unreadable(e);
      }
      ByteBuffer piece = bytes.next();
      if (piece == null) {
        end();
      } else {
        decoder.feed(piece);
      }
    }
    return null;
  }

  private void end() throws BundleException {
    try {
      decoder.endOfInput();
      ended = true;
    } catch (WireProtocolException e) {
      throw unreadable(e);
    }
  }

  private void note(BundleEvent event) throws IOException {
    parts.note(event);
    if (event instanceof BundleEvent.HeaderRead read) {
      if (read.header().compression() == BundleCompression.BZIP2) {
        bytes = new Bzip2Bytes(decoder.detachBody(), bytes, limits);
      }
    } else if (event instanceof ChangegroupEvent.ChangegroupStarted started) {
      if (inChangegroup) {
        throw new BundleException(
            BundleFault.UNSUPPORTED, "The bundle has a changegroup inside another one.");
      }
      inChangegroup = true;
      foundChangegroup = true;
      changesets = started.changegroup().changesets();
    } else if (event instanceof ChangegroupEvent.ChangegroupEnded) {
      inChangegroup = false;
    }
  }

  private static BundleException unreadable(WireProtocolException e) {
    BundleFault fault =
        e.code() == WireErrorCode.UNSUPPORTED || e.code() == WireErrorCode.ENCODING_UNKNOWN
            ? BundleFault.UNSUPPORTED
            : BundleFault.UNREADABLE;
    return new BundleException(fault, "The bundle cannot be read: " + e.getMessage(), e);
  }

  @Override
  public void close() throws IOException {
    decoder.close();
    bytes.close();
  }
}

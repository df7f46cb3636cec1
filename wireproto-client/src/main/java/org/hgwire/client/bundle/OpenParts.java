// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.PeerText;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.bundle.BundleEvent;
import org.hgwire.core.bundle.MarkersDecoder;
import org.hgwire.core.bundle.ObsolescenceMarker;
import org.hgwire.core.bundle.PartHeader;
import org.hgwire.core.command.ListkeysRequest;
import org.hgwire.core.command.ListkeysResponse;
import org.hgwire.core.version1.RefusedLookupException;
import org.hgwire.core.version1.ResponseTexts;

/**
 * The parts of a bundle that are no changegroups and are open: one, and those that it interrupts.
 * What a part lists is held up to {@link WireLimit#MAX_CBOR_BYTES}, as of any response; of markers
 * one at a time is, up to {@link WireLimit#MAX_STORED_MARKERS} in all.
 */
final class OpenParts {
  private static final String LISTKEYS = "listkeys";
  private static final String MARKERS = "obsmarkers";
  private static final ByteString NAMESPACE = ByteString.utf8("namespace");

  /** The part in which a server says that it failed in the middle of a bundle. */
  private static final String ABORT = "error:abort";

  /**
   * Parts that Mercurial writes as mandatory and that are read, or not needed: a pull gets what
   * they have in another form, or can compute it.
   */
  static final Set<String> ACCEPTED =
      Set.of(
          LISTKEYS,
          MARKERS,
          "phase-heads",
          "bookmarks",
          "hgtagsfnodes",
          "cache:rev-branch-cache",
          ABORT);

  private long markersLength;

  /** Gets the payload of a part. */
  private interface Payload {
    void data(ByteBuffer piece) throws IOException;

    void end() throws IOException;
  }

  private static final Payload SKIPPED =
      new Payload() {
        @Override
        public void data(ByteBuffer piece) {}

        @Override
        public void end() {}
      };

  private final BundleParts parts;
  private final WireLimits limits;
  private final Deque<Payload> open = new ArrayDeque<>();

  OpenParts(BundleParts parts, WireLimits limits) {
    this.parts = parts;
    this.limits = limits;
  }

  /**
   * Sees an event.
   *
   * @throws WireProtocolException if a payload is malformed
   */
  void note(BundleEvent event) throws IOException {
    if (event instanceof BundleEvent.PartStarted started) {
      open.push(payload(started.part()));
    } else if (event instanceof BundleEvent.PartDataRead read) {
      open.element().data(read.data());
    } else if (event instanceof BundleEvent.PartEnded) {
      open.pop().end();
    }
  }

  /** The bundle has ended. */
  void ended() throws IOException {
    parts.ended();
  }

  private Payload payload(PartHeader part) throws BundleException {
    if (part.type().equals(ABORT)) {
      ByteString message = part.parameter("message");
      throw new BundleException(
          BundleFault.UNREADABLE,
          "The server failed to make the bundle: "
              + PeerText.line(message == null ? "it does not say why" : message.utf8())
              + ".");
    }
    boolean isListed = part.type().equals(LISTKEYS);
    Set<ByteString> known = isListed ? Set.of(NAMESPACE) : Set.of();
    if (ACCEPTED.contains(part.type())
        && part.isMandatory()
        && !known.containsAll(part.mandatory().keySet())) {
      throw new BundleException(
          BundleFault.UNSUPPORTED,
          "The bundle has the mandatory part "
              + part.name()
              + " with the mandatory parameters "
              + part.mandatory().keySet()
              + ", which are unknown.");
    }
    if (parts == BundleParts.IGNORED) {
      return SKIPPED;
    }
    ByteString namespace = part.parameter(NAMESPACE.utf8());
    if (isListed && namespace != null) {
      return new Keys(namespace.utf8());
    }
    return part.type().equals(MARKERS) ? new Markers() : SKIPPED;
  }

  private static WireProtocolException tooLong(String what, WireLimit limit, long max) {
    return WireProtocolException.request(
        WireErrorCode.LIMIT, "it has " + what + " of more than " + max + " bytes (" + limit + ")");
  }

  /** "A newline delimited list of tab delimited key-value pairs". */
  private final class Keys implements Payload {
    private final String namespace;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    Keys(String namespace) {
      this.namespace = namespace;
    }

    @Override
    public void data(ByteBuffer piece) {
      long max = limits.of(WireLimit.MAX_CBOR_BYTES);
      if (text.size() + (long) piece.remaining() > max) {
        throw tooLong("a list of keys", WireLimit.MAX_CBOR_BYTES, max);
      }
      byte[] bytes = new byte[piece.remaining()];
      piece.get(bytes);
      text.writeBytes(bytes);
    }

    @Override
    public void end() throws IOException {
      try {
        ByteString keys = ByteString.copyOf(text.toByteArray());
        parts.keys(
            namespace,
            ListkeysResponse.read(ResponseTexts.read(ListkeysRequest.COMMAND, keys)).values());
      } catch (RefusedLookupException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private final class Markers implements Payload {
    private final MarkersDecoder decoder = new MarkersDecoder();

    @Override
    public void data(ByteBuffer piece) throws IOException {
      long max = limits.of(WireLimit.MAX_STORED_MARKERS);
      markersLength += piece.remaining();
      if (markersLength > max) {
        throw tooLong("obsolescence markers", WireLimit.MAX_STORED_MARKERS, max);
      }
      decoder.feed(piece);
      for (ObsolescenceMarker next = decoder.poll(); next != null; next = decoder.poll()) {
        parts.marker(next);
      }
    }

    @Override
    public void end() {
      decoder.endOfInput();
    }
  }
}

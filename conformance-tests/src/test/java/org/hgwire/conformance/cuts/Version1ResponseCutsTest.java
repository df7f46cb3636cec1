// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cuts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerException;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.PeerOptionsBuilder;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.RetryPolicy;
import org.hgwire.client.TransportException;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.conformance.cuts.MemoryWire.Answer;
import org.hgwire.conformance.cuts.MemoryWire.Cut;
import org.hgwire.core.ByteString;
import org.hgwire.core.encoding.ContentEncodings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Responses of version 1, cut after every number of bytes. A text does not say where it ends: only
 * HTTP can tell that it was cut. A stream does, or what is in it.
 */
final class Version1ResponseCutsTest {
  /** What a server sends as a stream. */
  enum Form {
    /** {@code application/mercurial-0.1}, which is always in zlib, with HG20. */
    ZLIB_0_1("zlib", "httpmediatype"),
    /** The same with a changegroup of version 01 without the header of a bundle. */
    PLAIN_0_1("zlib", "httpmediatype", "bundle2"),
    /** {@code application/mercurial-0.2} with HG20. */
    ZLIB_0_2("zlib"),
    ZSTD_0_2("zstd-8mb"),
    NONE_0_2("identity"),
    /** {@code application/mercurial-0.2} with a changegroup of version 01. */
    PLAIN_ZLIB_0_2("zlib", "bundle2"),
    PLAIN_ZSTD_0_2("zstd-8mb", "bundle2"),
    PLAIN_NONE_0_2("identity", "bundle2");

    private final String encoding;
    private final String withoutCapabilities;

    Form(String encoding, String... withoutCapabilities) {
      this.encoding = encoding;
      this.withoutCapabilities = String.join(" ", withoutCapabilities);
    }

    private String mediaType() {
      return name().endsWith("0_1") ? "application/mercurial-0.1" : "application/mercurial-0.2";
    }
  }

  @TempDir Path directory;

  /** Returns a wire to a repository whose bundle is compressed, unless that is not asked for. */
  private MemoryWire wire(Form form) throws IOException {
    int lines = form.encoding.equals("identity") ? 1 : ServedRepository.MANY_LINES;
    ServedRepository served = new ServedRepository(directory, lines);
    return new MemoryWire(served.endpoint(), form.withoutCapabilities.split(" ", -1));
  }

  private static PeerOptionsBuilder options(String encoding) {
    return PeerOptions.builder()
        .protocol(ProtocolVersion.VERSION_1)
        .encodings(ContentEncodings.named(encoding))
        .retries(RetryPolicy.never());
  }

  @Test
  void cutTextIsATypedFailureAndDeliversNothing() throws IOException {
    ServedRepository served = new ServedRepository(directory, 1);
    MemoryWire wire = new MemoryWire(served.endpoint());
    try (Peer peer = wire.connect(options("identity"))) {
      for (Call call : Version1Calls.texts(served)) {
        ByteString expected = call.whole(peer).bytes();
        Answer response = wire.last();
        for (int length = 0; length < response.body().length(); length++) {
          String where = call + " after " + length;
          Delivery delivery = new Delivery();
          wire.replayNext(response, length, Cut.LOST);

          Throwable fault = catchThrowable(() -> call.reading().read(peer, delivery));

          assertThat(fault).as(where).isInstanceOf(TransportException.class);
          assertThat(delivery.bytes().isEmpty()).as(where).isTrue();
          assertThat(call.whole(peer).bytes()).as(where).isEqualTo(expected);
          assertThat(wire.last().body()).as(where).isEqualTo(response.body());
        }
      }
    }
  }

  @Test
  void cutHandshakeIsATypedFailure() throws IOException {
    ServedRepository served = new ServedRepository(directory, 1);
    MemoryWire wire = new MemoryWire(served.endpoint());
    wire.connect(options("identity")).close();
    Answer response = wire.last();
    for (int length = 0; length < response.body().length(); length++) {
      wire.replayNext(response, length, Cut.LOST);
      Throwable fault = catchThrowable(() -> wire.connect(options("identity")));
      assertThat(fault).as("after %d", length).isInstanceOf(PeerException.class);
    }
    wire.connect(options("identity")).close();
    assertThat(wire.last().body()).isEqualTo(response.body());
  }

  /** The connection is lost: HTTP says so, whatever is in the stream. */
  @ParameterizedTest
  @EnumSource
  void lostStreamIsATypedFailureAfterAPrefix(Form form) throws IOException {
    MemoryWire wire = wire(form);
    List<Call> calls = new ArrayList<>(Version1Calls.streams());
    calls.add(Version1Calls.revisions());
    try (Peer peer = wire.connect(options(form.encoding))) {
      for (Call call : calls) {
        if (call.name().contains("inline") && !form.encoding.equals("identity")) {
          continue; // it is sent as it is, whatever was offered
        }
        ByteString expected = call.whole(peer).bytes();
        Answer response = wire.last();
        assertThat(response.fields().first("Content-Type")).isEqualTo(form.mediaType());
        if (!form.encoding.equals("identity") && call.name().equals("getbundle")) {
          assertThat(response.body().length()).isLessThan(expected.length() / 2);
        }
        int delivered = 0;
        for (int length = 0; length < response.body().length(); length++) {
          String where = call + " after " + length;
          Delivery delivery = new Delivery();
          wire.replayNext(response, length, Cut.LOST);

          Throwable fault = catchThrowable(() -> call.reading().read(peer, delivery));

          assertThat(fault).as(where).isInstanceOf(TransportException.class);
          assertThat(expected.startsWith(delivery.bytes())).as(where).isTrue();
          assertThat(delivery.bytes().length()).as(where).isGreaterThanOrEqualTo(delivered);
          delivered = delivery.bytes().length();
          assertThat(call.whole(peer).bytes()).as(where).isEqualTo(expected);
          assertThat(wire.last().body()).as(where).isEqualTo(response.body());
        }
        assertThat(delivered).isPositive();
      }
    }
  }

  /** The response ends as if it were whole: what is in it tells that it is not. */
  @ParameterizedTest
  @EnumSource
  void endedStreamIsATypedFailureAfterAPrefix(Form form) throws IOException {
    MemoryWire wire = wire(form);
    Call call = Version1Calls.revisions();
    try (Peer peer = wire.connect(options(form.encoding))) {
      ByteString expected = call.whole(peer).bytes();
      Answer response = wire.last();
      int whole = 0;
      for (int length = 0; length < response.body().length(); length++) {
        String where = form + " after " + length;
        Delivery delivery = new Delivery();
        wire.replayNext(response, length, Cut.ENDED);

        Throwable fault = catchThrowable(() -> call.reading().read(peer, delivery));

        if (fault == null) {
          whole++;
          assertThat(delivery.bytes()).as(where).isEqualTo(expected);
        } else {
          assertThat(fault).as(where).isInstanceOfAny(PeerException.class, BundleException.class);
          assertThat(expected.startsWith(delivery.bytes())).as(where).isTrue();
          assertThat(whole).as(where).isZero();
        }
      }
      // What ends a frame of zstd adds nothing to the bundle.
      assertThat(whole).isLessThanOrEqualTo(form.encoding.equals("zstd-8mb") ? 8 : 0);
    }
  }
}

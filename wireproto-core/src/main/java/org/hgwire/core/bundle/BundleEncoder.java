// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.hgwire.core.ByteString;

/**
 * Writes one bundle.
 *
 * <pre>{@code
 * try (BundleEncoder bundle = BundleEncoder.hg20(BundleCompression.ZSTD, target)) {
 *   ChangegroupEncoder changegroup = bundle.changegroup(Changegroup.of(ChangegroupVersion.V02));
 *   …
 *   changegroup.end();
 *   bundle.end();
 * }
 * }</pre>
 *
 * <p>The consumer gets the bytes as they are produced, at most 36 KiB at a time, in read-only
 * buffers that are valid during the call. What it throws is thrown by the method that produced the
 * bytes. Memory: two such buffers and what the compression needs. A call in the wrong order is an
 * {@link IllegalStateException}. Not safe for use by several threads.
 */
public final class BundleEncoder implements AutoCloseable {
  private enum State {
    /** A part may begin. */
    BETWEEN_PARTS,
    /** A changegroup is being written. */
    IN_CHANGEGROUP,
    /** Another part is being written. */
    IN_PART,
    /** The one changegroup of HG10 is complete. */
    FULL,
    ENDED
  }

  private final boolean parts;
  private final Compressor body;
  private State state = State.BETWEEN_PARTS;
  private int nextPart;

  private BundleEncoder(boolean parts, Compressor body) {
    this.parts = parts;
    this.body = body;
  }

  /**
   * Begins an HG10 bundle: one changegroup 01.
   *
   * @throws IllegalArgumentException if the compression is not NONE or ZLIB
   */
  public static BundleEncoder hg10(BundleCompression compression, Consumer<ByteBuffer> target) {
    if (compression == BundleCompression.ZSTD) {
      throw new IllegalArgumentException("HG10 has no zstd");
    }
    Compressor body = Compressor.of(compression, target);
    target.accept(ascii("HG10" + compression.code()));
    return new BundleEncoder(false, body);
  }

  /**
   * Begins an HG20 bundle: parts.
   *
   * @throws IllegalArgumentException if the compression is BZIP2, which is not written
   */
  public static BundleEncoder hg20(BundleCompression compression, Consumer<ByteBuffer> target) {
    Compressor body = Compressor.of(compression, target);
    String parameters =
        compression == BundleCompression.NONE ? "" : "Compression=" + compression.code();
    ByteBuffer header = ByteBuffer.allocate(2 * Integer.BYTES + parameters.length());
    header.put(ascii("HG20")).putInt(parameters.length()).put(ascii(parameters));
    target.accept(header.flip().asReadOnlyBuffer());
    return new BundleEncoder(true, body);
  }

  /**
   * Begins a changegroup, in HG20 as a mandatory part; it ends with {@link ChangegroupEncoder#end}.
   *
   * @throws IllegalArgumentException if this is HG10 and the version is not 01
   */
  public ChangegroupEncoder changegroup(Changegroup changegroup) {
    require(State.BETWEEN_PARTS);
    if (!parts && changegroup.version() != ChangegroupVersion.V01) {
      throw new IllegalArgumentException("HG10 has changegroups 01 only");
    }
    state = State.IN_CHANGEGROUP;
    if (parts) {
      startPart(partOf(changegroup));
    }
    ChunkBuffer chunks = new ChunkBuffer(parts, body);
    return new ChangegroupEncoder(
        changegroup.version(),
        chunks,
        () -> {
          chunks.flush();
          endChangegroup();
        });
  }

  private void endChangegroup() {
    if (parts) {
      body.accept(ByteBuffer.allocate(Integer.BYTES));
    }
    state = parts ? State.BETWEEN_PARTS : State.FULL;
  }

  /**
   * Writes a part of another kind, with the next id.
   *
   * @param name the name; an upper-case letter in it makes the part mandatory
   * @param mandatory its mandatory parameters, in the order to write
   * @param advisory its advisory parameters, in the order to write
   * @param payload its payload; the position does not move
   * @throws IllegalArgumentException if {@link PartHeader} does not allow the arguments, or this is
   *     HG10
   */
  public void part(
      String name,
      Map<ByteString, ByteString> mandatory,
      Map<ByteString, ByteString> advisory,
      ByteBuffer payload) {
    PartEncoder part = part(name, mandatory, advisory);
    part.payload(payload);
    part.end();
  }

  /**
   * Begins a part of another kind, with the next id, whose payload is written in pieces; it ends
   * with {@link PartEncoder#end}.
   *
   * @param name the name; an upper-case letter in it makes the part mandatory
   * @param mandatory its mandatory parameters, in the order to write
   * @param advisory its advisory parameters, in the order to write
   * @throws IllegalArgumentException if {@link PartHeader} does not allow the arguments, or this is
   *     HG10
   */
  public PartEncoder part(
      String name, Map<ByteString, ByteString> mandatory, Map<ByteString, ByteString> advisory) {
    require(State.BETWEEN_PARTS);
    if (!parts) {
      throw new IllegalArgumentException("HG10 has no parts");
    }
    startPart(new PartHeader(name, nextPart, mandatory, advisory));
    nextPart++;
    state = State.IN_PART;
    return new PartEncoder(new ChunkBuffer(true, body), this::endPart);
  }

  private void endPart() {
    body.accept(ByteBuffer.allocate(Integer.BYTES));
    state = State.BETWEEN_PARTS;
  }

  /** Ends the bundle and passes on what is buffered. */
  public void end() {
    require(parts ? State.BETWEEN_PARTS : State.FULL);
    state = State.ENDED;
    if (parts) {
      body.accept(ByteBuffer.allocate(Integer.BYTES));
    }
    body.finish();
  }

  /**
   * Frees the compressor. Further calls have no effect. A bundle that was not ended is truncated.
   */
  @Override
  public void close() {
    state = State.ENDED;
    body.free();
  }

  private void startPart(PartHeader part) {
    ByteBuffer header = part.encode();
    body.accept(ByteBuffer.allocate(Integer.BYTES).putInt(header.remaining()).flip());
    body.accept(header);
  }

  /** Returns the header. The number of changesets is advisory, as in Mercurial. */
  private PartHeader partOf(Changegroup changegroup) {
    Map<ByteString, ByteString> mandatory = new LinkedHashMap<>();
    mandatory.put(ByteString.utf8("version"), ByteString.utf8(changegroup.version().text()));
    if (changegroup.treeManifests()) {
      mandatory.put(ByteString.utf8("treemanifest"), ByteString.utf8("1"));
    }
    Map<ByteString, ByteString> advisory = new LinkedHashMap<>();
    if (changegroup.changesets().isPresent()) {
      String count = Long.toString(changegroup.changesets().getAsLong());
      advisory.put(ByteString.utf8("nbchanges"), ByteString.utf8(count));
    }
    return new PartHeader("CHANGEGROUP", nextPart++, mandatory, advisory);
  }

  private void require(State required) {
    if (state != required) {
      throw new IllegalStateException("the bundle is in the state " + state + ", not " + required);
    }
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.benchmarks;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The least that a server of a repository of zlib chunks does for a whole pull: it inflates each
 * stored chunk once and compresses all of them with zstd, level 3. Nothing is checked.
 */
final class PlainLoop {
  private static final int ENTRY = 64;
  private static final int INLINE = 1 << 16;
  private static final int MAX_CHUNK = 64 << 20;

  private final Inflater inflater = new Inflater();
  private final byte[] inflated = new byte[MAX_CHUNK];
  private final ByteBuffer payload = ByteBuffer.allocateDirect(1 << 20);
  private final ByteBuffer compressed = ByteBuffer.allocateDirect(1 << 20);
  private long chunks;
  private long payloadBytes;
  private long compressedBytes;

  private PlainLoop() {}

  /** Reads a repository and returns what was read, in one line. */
  static String run(Path repository) throws IOException {
    Path store = repository.resolve(".hg/store");
    List<Path> indexes;
    try (Stream<Path> files = Files.walk(store)) {
      indexes = files.filter(file -> file.toString().endsWith(".i")).sorted().toList();
    }
    PlainLoop loop = new PlainLoop();
    try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
      zstd.setLevel(3);
      for (Path index : indexes) {
        loop.read(index, zstd);
      }
      loop.compress(zstd, EndDirective.END);
    } catch (DataFormatException e) {
      throw new IOException(e);
    } finally {
      loop.inflater.end();
    }
    return "%,d chunks, %,d bytes, compressed %,d"
        .formatted(loop.chunks, loop.payloadBytes, loop.compressedBytes);
  }

  private void read(Path index, ZstdCompressCtx zstd) throws IOException, DataFormatException {
    byte[] bytes = Files.readAllBytes(index);
    ByteBuffer entries = ByteBuffer.wrap(bytes);
    boolean inline = bytes.length >= ENTRY && (entries.getInt(0) & INLINE) != 0;
    String name = index.toString();
    byte[] data =
        inline ? bytes : Files.readAllBytes(Path.of(name.substring(0, name.length() - 1) + "d"));
    int start = 0;
    for (int at = 0; at + ENTRY <= bytes.length; at += ENTRY) {
      int stored = entries.getInt(at + 8);
      if (inline) {
        start = at + ENTRY;
        at = start + stored - ENTRY;
      }
      add(data, start, stored, zstd);
      start += stored;
      chunks++;
    }
  }

  private void add(byte[] data, int start, int stored, ZstdCompressCtx zstd)
      throws DataFormatException {
    if (stored == 0) {
      return;
    }
    if (data[start] == 'x') {
      inflater.reset();
      inflater.setInput(data, start, stored);
      put(inflated, 0, inflater.inflate(inflated), zstd);
    } else {
      int skipped = data[start] == 'u' ? 1 : 0;
      put(data, start + skipped, stored - skipped, zstd);
    }
  }

  private void put(byte[] bytes, int start, int length, ZstdCompressCtx zstd) {
    payloadBytes += length;
    for (int at = start; at < start + length; ) {
      int count = Math.min(payload.remaining(), start + length - at);
      payload.put(bytes, at, count);
      at += count;
      if (!payload.hasRemaining()) {
        compress(zstd, EndDirective.CONTINUE);
      }
    }
  }

  private void compress(ZstdCompressCtx zstd, EndDirective directive) {
    payload.flip();
    boolean done = false;
    while (!done) {
      compressed.clear();
      boolean flushed = zstd.compressDirectByteBufferStream(compressed, payload, directive);
      compressedBytes += compressed.position();
      done = directive == EndDirective.END ? flushed : !payload.hasRemaining();
    }
    payload.clear();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.Zstd;
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
 * The least that a server does for a whole pull: it decompresses each stored chunk once and
 * compresses all of them with zstd, level 3. Nothing is checked.
 */
final class PlainLoop {
  private static final int ENTRY = 64;
  private static final int INLINE = 1 << 16;
  private static final int MAX_CHUNK = 64 << 20;
  private static final int PIECE = 1 << 20;

  private final Inflater inflater = new Inflater();
  private final byte[] chunk = new byte[MAX_CHUNK];
  private final ByteBuffer payload = ByteBuffer.allocateDirect(PIECE);
  private final ByteBuffer compressed = ByteBuffer.allocateDirect(PIECE);

  private PlainLoop() {}

  /** Reads a repository. */
  static void run(Path store) throws IOException {
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
      throw new IOException("a chunk is damaged", e);
    } finally {
      loop.inflater.end();
    }
  }

  private void read(Path index, ZstdCompressCtx zstd) throws IOException, DataFormatException {
    byte[] bytes = Files.readAllBytes(index);
    ByteBuffer entries = ByteBuffer.wrap(bytes);
    boolean inline = bytes.length >= ENTRY && (entries.getInt(0) & INLINE) != 0;
    String name = index.toString();
    Path dataFile = Path.of(name.substring(0, name.length() - 1) + "d");
    byte[] data = inline || bytes.length < ENTRY ? bytes : Files.readAllBytes(dataFile);
    int start = 0;
    int at = 0;
    while (at + ENTRY <= bytes.length) {
      int stored = entries.getInt(at + 8);
      if (inline) {
        start = at + ENTRY;
      }
      if (stored > 0) {
        add(data, start, stored, zstd);
      }
      start += stored;
      at = inline ? start : at + ENTRY;
    }
  }

  private void add(byte[] data, int start, int stored, ZstdCompressCtx zstd)
      throws DataFormatException {
    switch (data[start]) {
      case 'x' -> {
        inflater.reset();
        inflater.setInput(data, start, stored);
        put(chunk, 0, inflater.inflate(chunk), zstd);
      }
      case '(' -> {
        long size = Zstd.decompressByteArray(chunk, 0, chunk.length, data, start, stored);
        put(chunk, 0, (int) size, zstd);
      }
      case 'u' -> put(data, start + 1, stored - 1, zstd);
      default -> put(data, start, stored, zstd);
    }
  }

  private void put(byte[] bytes, int start, int length, ZstdCompressCtx zstd) {
    int at = start;
    while (at < start + length) {
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
      done = directive == EndDirective.END ? flushed : !payload.hasRemaining();
    }
    payload.clear();
  }
}

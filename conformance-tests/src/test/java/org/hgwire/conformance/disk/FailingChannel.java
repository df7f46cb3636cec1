// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** A channel whose writes fail when {@link WriteFaults} say so. */
final class FailingChannel extends FileChannel {
  private final FileChannel real;
  private final WriteFaults faults;

  FailingChannel(FileChannel real, WriteFaults faults) {
    this.real = real;
    this.faults = faults;
  }

  @FunctionalInterface
  private interface Write {
    int run(ByteBuffer part) throws IOException;
  }

  private int write(ByteBuffer source, Write write) throws IOException {
    ByteBuffer part = source.slice(source.position(), faults.next(source.remaining()));
    int written = write.run(part);
    source.position(source.position() + written);
    return written;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return write(source, real::write);
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    return write(source, part -> real.write(part, position));
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    return write(sources[offset]);
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    faults.check();
    real.truncate(size);
    return this;
  }

  @Override
  public void force(boolean metadata) throws IOException {
    faults.check();
    real.force(metadata);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return real.read(target);
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    return real.read(targets, offset, length);
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return real.read(target, position);
  }

  @Override
  public long position() throws IOException {
    return real.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    real.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return real.size();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return real.transferTo(position, count, target);
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    faults.check();
    return real.transferFrom(source, position, count);
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    return real.map(mode, position, size);
  }

  @Override
  public @Nullable FileLock lock(long position, long size, boolean shared) throws IOException {
    return real.lock(position, size, shared);
  }

  @Override
  public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return real.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    real.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file system of the platform, with writes that fail as on a full disk. Its paths are given to
 * what writes files: everything that is written below them counts, unless it is written as a {@link
 * java.io.File}.
 */
final class FailingDisk extends FileSystemProvider {
  private final FileSystemProvider real;
  private final FailingFileSystem fileSystem;
  private final WriteFaults faults;

  FailingDisk(FileSystem platform, WriteFaults faults) {
    this.real = platform.provider();
    this.fileSystem = new FailingFileSystem(this, platform);
    this.faults = faults;
  }

  /** Returns a path of this file system. */
  Path path(Path platform) {
    return (Path)
        Proxy.newProxyInstance(
            FailingDisk.class.getClassLoader(),
            new Class<?>[] {DiskPath.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "platform" -> {
                  return platform;
                }
                case "getFileSystem" -> {
                  return fileSystem;
                }
                case "iterator" -> {
                  return all(platform.iterator());
                }
                default -> {}
              }
              Object[] unwrapped = arguments == null ? new Object[0] : arguments.clone();
              for (int i = 0; i < unwrapped.length; i++) {
                unwrapped[i] =
                    unwrapped[i] instanceof DiskPath other ? other.platform() : unwrapped[i];
              }
              try {
                Object result = method.invoke(platform, unwrapped);
                return result instanceof Path path ? path(path) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** A path of this file system. */
  interface DiskPath extends Path {
    Path platform();
  }

  private Iterator<Path> all(Iterator<Path> paths) {
    List<Path> wrapped = new ArrayList<>();
    paths.forEachRemaining(path -> wrapped.add(path(path)));
    return wrapped.iterator();
  }

  private static Path platform(Path path) {
    return ((DiskPath) path).platform();
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return new FailingChannel(real.newFileChannel(platform(path), options, attributes), faults);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public String getScheme() {
    return "failing";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return fileSystem;
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    DirectoryStream<Path> found =
        real.newDirectoryStream(platform(directory), path -> filter.accept(path(path)));
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return all(found.iterator());
      }

      @Override
      public void close() throws IOException {
        found.close();
      }
    };
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    real.createDirectory(platform(directory), attributes);
  }

  @Override
  public void delete(Path path) throws IOException {
    real.delete(platform(path));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    real.copy(platform(source), platform(target), options);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    try {
      faults.check();
    } catch (IOException e) {
      throw new FileSystemException(source.toString(), target.toString(), e.getMessage());
    }
    real.move(platform(source), platform(target), options);
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return real.isSameFile(platform(path), platform(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return real.isHidden(platform(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return real.getFileStore(platform(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    real.checkAccess(platform(path), modes);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return real.getFileAttributeView(platform(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return real.readAttributes(platform(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    return real.readAttributes(platform(path), names, options);
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options)
      throws IOException {
    real.setAttribute(platform(path), name, value, options);
  }
}

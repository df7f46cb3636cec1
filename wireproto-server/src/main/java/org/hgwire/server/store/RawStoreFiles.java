// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hgwire.core.ByteString;
import org.hgwire.server.repository.StoreFiles;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.revlog.Revlog;
import org.jspecify.annotations.Nullable;

/** The files of changelog and manifests, each up to the last revision of a state. */
final class RawStoreFiles implements StoreFiles {
  private static final Set<String> FORMATS =
      Set.of("revlogv1", "generaldelta", "sparserevlog", "revlog-compression-zstd");

  /** The length in bytes of an entry of an index. */
  private static final int ENTRY = 64;

  private final RepositoryDirectory directory;
  private final StoreState state;

  RawStoreFiles(RepositoryDirectory directory, StoreState state) {
    this.directory = directory;
    this.state = state;
  }

  @Override
  public Set<ByteString> formats() {
    Set<ByteString> formats = new TreeSet<>();
    for (String requirement : directory.requirements()) {
      if (FORMATS.contains(requirement)) {
        formats.add(ByteString.utf8(requirement));
      }
    }
    return formats;
  }

  @Override
  public @Nullable List<StoreFile> files(ByteString kind) {
    return switch (kind.utf8()) {
      case "changelog" -> files(state.logs().changelog());
      case "manifestlog" -> files(state.logs().manifests());
      default -> null;
    };
  }

  private List<StoreFile> files(@Nullable Revlog log) {
    if (log == null) {
      return List.of();
    }
    long chunks = 0;
    int count = 0;
    while (count < log.count() && log.link(count) < state.changesets()) {
      chunks += log.storedLength(count++);
    }
    long entries = (long) count * ENTRY;
    String index = log.path().getFileName().toString();
    Path data = log.path().resolveSibling(index.substring(0, index.length() - 1) + "d");
    List<StoreFile> files = new ArrayList<>();
    if (Files.exists(data, LinkOption.NOFOLLOW_LINKS)) {
      files.add(new RawFile(log.path(), entries));
      files.add(new RawFile(data, chunks));
    } else {
      files.add(new RawFile(log.path(), entries + chunks));
    }
    return files;
  }

  /** A file directly in the store. */
  private record RawFile(Path file, long size) implements StoreFile {
    @Override
    public ByteString path() {
      return ByteString.utf8(file.getFileName().toString());
    }

    @Override
    public InputStream open() throws IOException {
      return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.verify;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.hgwire.core.ByteString;
import org.hgwire.store.RepositoryDirectory;

/** The names in {@code fncache}: one a line. */
final class ListedNames {
  private final RepositoryDirectory directory;
  private final Set<ByteString> names;

  private ListedNames(RepositoryDirectory directory, Set<ByteString> names) {
    this.directory = directory;
    this.names = names;
  }

  /** Reads them; there are none if the repository has no such list. */
  static ListedNames read(RepositoryDirectory directory) throws IOException {
    Set<ByteString> names = new TreeSet<>();
    Path list = directory.store().resolve("fncache");
    try (InputStream input =
        new BufferedInputStream(Files.newInputStream(list, LinkOption.NOFOLLOW_LINKS))) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = input.read(); next >= 0; next = input.read()) {
        if (next == '\n') {
          names.add(ByteString.copyOf(line.toByteArray()));
          line.reset();
        } else {
          line.write(next);
        }
      }
    } catch (NoSuchFileException none) {
      return new ListedNames(directory, Set.of());
    }
    return new ListedNames(directory, names);
  }

  /** Returns whether the index of the revisions of a file is listed, or need not be. */
  boolean has(ByteString path) {
    String name = directory.names().listed(path);
    return name == null
        || !directory.requirements().contains("fncache")
        || names.contains(ByteString.copyOf(name.getBytes(StandardCharsets.ISO_8859_1)));
  }
}

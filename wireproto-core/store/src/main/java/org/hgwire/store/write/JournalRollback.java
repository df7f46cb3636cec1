// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.write;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.revision.TrackedPath;
import org.hgwire.store.FileLogPaths;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Makes an interrupted transaction of this library undone, as {@code hg recover} would: cuts files
 * to their lengths before, the changelog first, and puts back those that were replaced. Can be
 * interrupted itself, and run again.
 *
 * <p>Nothing in a journal is trusted: it names files of revisions, or those that a transaction
 * writes.
 */
final class JournalRollback {
  private static final String CHANGELOG = "00changelog.i";
  private static final Set<String> APPENDED =
      Set.of(CHANGELOG, "00changelog.d", "00manifest.i", "00manifest.d", "fncache", "obsstore");
  private static final Set<String> REPLACED = Set.of("phaseroots", CHANGELOG, "00manifest.i");
  private static final String DATA = "data/";

  private final RepositoryDirectory directory;
  private final Path store;
  private final FileLogPaths paths;
  private final StoreWrites writes;

  JournalRollback(RepositoryDirectory directory) {
    this.directory = directory;
    this.store = directory.store();
    this.paths = directory.fileLogs();
    this.writes = new StoreWrites(store);
  }

  /** Receives the fields of a line. */
  private interface Line {
    void accept(List<String> fields) throws IOException;
  }

  /** Makes the transaction undone. */
  void run() throws IOException {
    Path journal = Journal.journalIn(store);
    Path backups = Journal.backupFilesIn(store);
    forEachLine(journal, 2, fields -> cut(fields, true));
    forEachLine(journal, 2, fields -> cut(fields, false));
    if (Files.exists(backups, LinkOption.NOFOLLOW_LINKS)) {
      forEachLine(backups, 4, this::putBack);
    }
    Journal.end(directory.hg(), store);
  }

  private void cut(List<String> fields, boolean changelog) throws IOException {
    String name = fields.get(0);
    if (name.equals(Journal.MARK) || name.equals(CHANGELOG) != changelog) {
      return;
    }
    Path file = APPENDED.contains(name) ? store.resolve(name) : ofRevisions(name);
    long length = length(fields.get(1));
    if (file == null || length < 0) {
      throw damaged(name);
    }
    if (length == 0) {
      Files.deleteIfExists(file);
      return;
    }
    long now = StoreWrites.length(file);
    if (now < length) {
      throw new StoreException(
          StoreException.Kind.DAMAGED,
          "the file "
              + file
              + " has "
              + now
              + " bytes, but the journal of an interrupted transaction says "
              + length
              + "; hg verify shows what else is damaged");
    }
    if (now > length) {
      StoreWrites.truncate(file, length);
    }
  }

  private static long length(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private void putBack(List<String> fields) throws IOException {
    String name = fields.get(1);
    String backup = fields.get(2);
    if (name.isEmpty()) {
      return;
    }
    boolean inHg = fields.get(0).equals(Journal.IN_HG);
    Path file;
    if (inHg) {
      file = name.equals("bookmarks") ? directory.hg().resolve(name) : null;
    } else {
      file = REPLACED.contains(name) ? store.resolve(name) : ofRevisions(name);
    }
    if (file == null || backup.indexOf('/') >= 0) {
      throw damaged(name);
    }
    if (backup.isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    Path copy = (inHg ? directory.hg() : store).resolve(backup);
    writes.copy(copy, Files.size(copy), file);
  }

  /** Returns a file of revisions, or null if the name is none of such a file. */
  private @Nullable Path ofRevisions(String name) throws IOException {
    if (!name.startsWith(DATA) || !(name.endsWith(".i") || name.endsWith(".d"))) {
      return null;
    }
    String path = name.substring(DATA.length(), name.length() - 2);
    ByteString bytes = ByteString.copyOf(path.getBytes(StandardCharsets.ISO_8859_1));
    return TrackedPath.fault(bytes) == null ? paths.ofListed(name) : null;
  }

  private StoreException damaged(String name) {
    return new StoreException(
        StoreException.Kind.DAMAGED,
        "the journal "
            + Journal.journalIn(store)
            + " names "
            + ByteString.utf8(name).excerpt()
            + ", which no transaction writes");
  }

  /** Reads lines whose fields NUL separates. One that is cut off was never acted on. */
  private void forEachLine(Path file, int fields, Line line) throws IOException {
    try (InputStream input =
        new BufferedInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS))) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (int next = input.read(); next >= 0; next = input.read()) {
        if (next != '\n') {
          bytes.write(next);
          continue;
        }
        String text = bytes.toString(StandardCharsets.ISO_8859_1);
        bytes.reset();
        List<String> values = List.of(text.split("\0", -1));
        if (values.size() == fields) {
          line.accept(values);
        } else if (!(text + "\n").equals(Journal.BACKUPS_VERSION)) {
          throw damaged(text);
        }
      }
    }
  }
}

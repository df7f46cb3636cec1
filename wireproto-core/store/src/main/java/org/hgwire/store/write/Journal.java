// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.write;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The journal of a transaction, from which {@code hg recover} or the next writer makes undone what
 * was written: {@code journal} has the length before of each file that is appended to, {@code
 * journal.backupfiles} the copy of each that is replaced.
 *
 * <p>Made when the first file is recorded. Its first line names a file that never exists: that is
 * how a writer knows its own. What is recorded is in the file when a method returns. Holds nothing
 * of what was recorded.
 */
final class Journal {
  /** The name of the file that the first line of a journal of this library names. */
  static final String MARK = "journal.hgwire";

  /** The name of the new index of the changelog before it shows. */
  static final String PENDING_CHANGELOG = "00changelog.i.a";

  /** The first line of {@code journal.backupfiles}. */
  static final String BACKUPS_VERSION = "2\n";

  /** The location of a file in the store. */
  static final String IN_STORE = "";

  /** The location of a file in {@code .hg}. */
  static final String IN_HG = "plain";

  private static final String MARK_LINE = MARK + "\0" + "0\n";
  private static final String BACKUP = "journal.backup.";

  private final Path hg;
  private final Path store;
  private final Path journal;
  private final Path backupFiles;
  private boolean begun;
  private int backups;

  Journal(Path hg, Path store) {
    this.hg = hg;
    this.store = store;
    this.journal = journalIn(store);
    this.backupFiles = backupFilesIn(store);
  }

  static Path journalIn(Path store) {
    return store.resolve("journal");
  }

  static Path backupFilesIn(Path store) {
    return store.resolve("journal.backupfiles");
  }

  /** Returns whether a journal is one of this library; null if there is none. */
  static @Nullable Boolean isOwn(Path store) throws IOException {
    byte[] mark = bytes(MARK_LINE);
    try (InputStream input = Files.newInputStream(journalIn(store), LinkOption.NOFOLLOW_LINKS)) {
      byte[] first = input.readNBytes(mark.length);
      return Arrays.equals(first, mark);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Returns whether something was recorded. */
  boolean hasBegun() {
    return begun;
  }

  private void begin() throws IOException {
    if (!begun) {
      cleanUp(hg, store);
      String temporary =
          BACKUPS_VERSION
              + backupLine(IN_STORE, "", StoreWrites.TEMPORARY)
              + backupLine(IN_STORE, "", PENDING_CHANGELOG);
      write(backupFiles, temporary, StandardOpenOption.CREATE_NEW);
      // Renamed, so that there is no journal without the mark.
      Path temporaryJournal = store.resolve(StoreWrites.TEMPORARY);
      write(temporaryJournal, MARK_LINE, StandardOpenOption.CREATE_NEW);
      Files.move(temporaryJournal, journal, StandardCopyOption.ATOMIC_MOVE);
      begun = true;
    }
  }

  /**
   * Records a file that is appended to, before its first byte is written.
   *
   * @param name its name as it is listed: not escaped, one character for each byte
   * @param length its length; 0 if there is none
   */
  void append(String name, long length) throws IOException {
    begin();
    write(journal, name + "\0" + length + "\n", StandardOpenOption.APPEND);
  }

  /**
   * Records a file that is replaced; a copy is made of its first {@code length} bytes.
   *
   * @param location {@link #IN_STORE} or {@link #IN_HG}
   * @param name its name there
   * @param length its length before the transaction; negative if there was none
   */
  void replace(String location, String name, Path file, long length, StoreWrites writes)
      throws IOException {
    begin();
    String backup = "";
    if (length >= 0) {
      backup = BACKUP + ++backups;
      writes.copy(file, length, (location.equals(IN_HG) ? hg : store).resolve(backup));
    }
    write(backupFiles, backupLine(location, name, backup), StandardOpenOption.APPEND);
  }

  /**
   * Forgets a file that is appended to; of one that is then replaced, Mercurial wants no length.
   */
  void withdraw(String name) throws IOException {
    Path without = store.resolve(StoreWrites.TEMPORARY);
    try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    Files.newInputStream(journal, LinkOption.NOFOLLOW_LINKS),
                    StandardCharsets.ISO_8859_1));
        Writer output = Files.newBufferedWriter(without, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith(name + "\0")) {
          output.append(line).append('\n');
        }
      }
    } catch (IOException e) {
      throw WriteFault.of(without, e);
    }
    Files.move(without, journal, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String backupLine(String location, String name, String backup) {
    return location + "\0" + name + "\0" + backup + "\0" + "0\n";
  }

  private static void write(Path file, String text, StandardOpenOption how) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, Set.of(StandardOpenOption.WRITE, how, LinkOption.NOFOLLOW_LINKS))) {
      Channels.newOutputStream(channel).write(bytes(text));
    } catch (IOException e) {
      throw WriteFault.of(file, e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Ends the transaction: from now on nothing is made undone. */
  static void end(Path hg, Path store) throws IOException {
    Files.deleteIfExists(journalIn(store));
    try {
      cleanUp(hg, store);
    } catch (IOException e) {
      // What is left means nothing without the journal, and the next transaction removes it.
    }
  }

  /** Removes what belongs to a journal that is no more. */
  private static void cleanUp(Path hg, Path store) throws IOException {
    for (Path directory : new Path[] {store, hg}) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "journal.*")) {
        for (Path file : files) {
          Files.deleteIfExists(file);
        }
      }
    }
    Files.deleteIfExists(store.resolve(PENDING_CHANGELOG));
  }
}

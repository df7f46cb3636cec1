// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.verify;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hgwire.core.ByteString;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.StoreException;
import org.hgwire.store.revlog.Revlog;
import org.hgwire.store.revlog.RevlogLimits;
import org.jspecify.annotations.Nullable;

/**
 * Checks a repository as {@code hg verify} does: each text against its hash, each link to a
 * changeset, that each manifest and each revision of a file that something names is there, and that
 * nothing is there that nothing names. It goes on after what it finds.
 *
 * <p>Takes no lock: what is committed meanwhile may be reported as damage. Holds the index of the
 * changelog, an index of the manifests for each thread, a text for each thread, and of each
 * revision of a file some 24 bytes.
 */
public final class RepositoryVerification {
  /** How many files a thread takes at once. */
  private static final int FILES_AT_ONCE = 64;

  private final RepositoryDirectory directory;
  private final RevlogLimits limits;
  private final int threads;
  private final Findings findings;
  private final ExpectedFiles expected = new ExpectedFiles();

  private RepositoryVerification(
      RepositoryDirectory directory, RevlogLimits limits, int threads, Findings findings) {
    this.directory = directory;
    this.limits = limits;
    this.threads = threads;
    this.findings = findings;
  }

  /**
   * Checks a repository.
   *
   * @param threads how many threads share the work, at least 1
   * @param listener is told what is wrong
   * @throws StoreException if the changelog or the manifests cannot be opened
   * @throws IOException if files cannot be read
   */
  public static VerificationSummary run(
      RepositoryDirectory directory,
      RevlogLimits limits,
      int threads,
      VerificationListener listener)
      throws IOException {
    Findings findings = new Findings(listener);
    RepositoryVerification verification =
        new RepositoryVerification(directory, limits, threads, findings);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      return verification.run(executor);
    } finally {
      executor.shutdownNow();
    }
  }

  private VerificationSummary run(ExecutorService executor) throws IOException {
    int[] manifestOf;
    try (Revlog manifests = open(directory.manifestLog());
        Revlog changelog = open(directory.changelog())) {
      manifestOf =
          changelog == null
              ? new int[0]
              : new ChangesetCheck(changelog, manifests, expected, findings).run();
      if (manifests != null) {
        checkManifests(executor, manifests.count(), manifestOf);
      }
    }
    List<Map.Entry<ByteString, ExpectedFile>> files = expected.all();
    long[] revisions = checkFiles(executor, files, manifestOf.length);
    return new VerificationSummary(
        manifestOf.length,
        revisions[0],
        (int) revisions[1],
        findings.faults(),
        findings.warnings());
  }

  private @Nullable Revlog open(Path index) throws IOException {
    try {
      return Revlog.open(index, limits);
    } catch (NoSuchFileException none) {
      return null;
    }
  }

  private void checkManifests(ExecutorService executor, int count, int[] manifestOf)
      throws IOException {
    boolean[] named = new boolean[count];
    for (int manifest : manifestOf) {
      if (manifest >= 0) {
        named[manifest] = true;
      }
    }
    List<Callable<Void>> parts = new ArrayList<>();
    for (int part = 0; part < threads; part++) {
      int from = (int) ((long) count * part / threads);
      int to = (int) ((long) count * (part + 1) / threads);
      parts.add(
          () -> {
            try (Revlog own = Revlog.open(directory.manifestLog(), limits)) {
              new ManifestCheck(own, manifestOf, named, expected, findings).run(from, to);
            }
            return null;
          });
    }
    await(executor, parts);
  }

  /** Returns the number of revisions, and of files that have some. */
  private long[] checkFiles(
      ExecutorService executor, List<Map.Entry<ByteString, ExpectedFile>> files, int changesets)
      throws IOException {
    ListedNames listed = ListedNames.read(directory);
    List<Callable<long[]>> parts = new ArrayList<>();
    for (int from = 0; from < files.size(); from += FILES_AT_ONCE) {
      List<Map.Entry<ByteString, ExpectedFile>> some =
          files.subList(from, Math.min(files.size(), from + FILES_AT_ONCE));
      parts.add(() -> checkFiles(some, listed, changesets));
    }
    long[] sum = new long[2];
    for (long[] part : await(executor, parts)) {
      sum[0] += part[0];
      sum[1] += part[1];
    }
    return sum;
  }

  private long[] checkFiles(
      List<Map.Entry<ByteString, ExpectedFile>> files, ListedNames listed, int changesets)
      throws IOException {
    FileCheck check = new FileCheck(directory.fileLogs(), limits, changesets, findings);
    long[] sum = new long[2];
    try {
      for (Map.Entry<ByteString, ExpectedFile> file : files) {
        int revisions = check.run(file.getKey(), file.getValue());
        if (revisions > 0) {
          sum[0] += revisions;
          sum[1]++;
          if (!listed.has(file.getKey())) {
            findings.warned(
                "the revlog of the file "
                    + file.getKey()
                    + " is not listed in fncache; hg debugrebuildfncache lists it");
          }
        }
      }
    } finally {
      check.close();
    }
    return sum;
  }

  private static <T> List<T> await(ExecutorService executor, List<Callable<T>> parts)
      throws IOException {
    List<T> results = new ArrayList<>(parts.size());
    try {
      for (Future<T> part : executor.invokeAll(parts)) {
        results.add(part.get());
      }
      return results;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException unreadable) {
        throw new IOException(unreadable.getMessage(), unreadable);
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException("interrupted while the repository was checked");
      interrupted.initCause(stop);
      throw interrupted;
    }
  }
}

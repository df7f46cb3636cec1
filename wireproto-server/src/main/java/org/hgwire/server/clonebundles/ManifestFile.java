// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.redirects.clonebundles.ManifestFinding;
import org.hgwire.server.command.Caller;
import org.hgwire.server.command.CloneBundleSource;
import org.hgwire.server.repository.Repository;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A manifest in a file, such as Mercurial's {@code .hg/clonebundles.manifest}. It is read again
 * when its time, size or inode has changed, so it may be replaced at any time, best by a rename.
 *
 * <p>Without the file there are no clone bundles. Malformed lines are skipped and logged. If the
 * file exists but cannot be read, or is not a regular file, the manifest that was read last is
 * used, and the log says why. Safe for use by several threads.
 */
public final class ManifestFile implements CloneBundleSource {
  private static final Logger LOG = LoggerFactory.getLogger(ManifestFile.class);

  /** A file that changed more recently may change again without its time changing. */
  private static final Duration YOUNG = Duration.ofSeconds(2);

  private final Path path;
  private final InstantSource clock;
  private @Nullable Stamp read;
  private @Nullable CloneBundleManifest manifest;
  private String logged = "";

  private ManifestFile(Path path, InstantSource clock) {
    this.path = path;
    this.clock = clock;
  }

  /** Returns the manifest in the file {@code path}, which need not exist yet. */
  public static ManifestFile of(Path path) {
    return of(path, InstantSource.system());
  }

  /**
   * Checks that there is a file that can be read.
   *
   * @throws IOException if there is none, or it is not a regular file
   */
  public void check() throws IOException {
    Stamp.of(path, clock.instant());
    Files.newInputStream(path).close();
  }

  static ManifestFile of(Path path, InstantSource clock) {
    return new ManifestFile(path, clock);
  }

  @Override
  public synchronized @Nullable CloneBundleManifest manifest(Caller caller, Repository repository) {
    try {
      Stamp now = Stamp.of(path, clock.instant());
      if (!now.equals(read)) {
        manifest = read();
        read = now.isYoung() ? null : now;
      }
    } catch (NoSuchFileException e) {
      manifest = null;
      read = null;
      logged = "";
    } catch (IOException failure) {
      logOnce("the manifest of clone bundles cannot be read, its last version is used: " + failure);
    }
    return manifest;
  }

  private CloneBundleManifest read() throws IOException {
    byte[] text;
    try (InputStream input = Files.newInputStream(path)) {
      text = input.readNBytes(CloneBundleManifest.MAX_BYTES + 1);
    }
    CloneBundleManifest parsed = CloneBundleManifest.parse(ByteString.copyOf(text));
    StringBuilder report = new StringBuilder();
    for (ManifestFinding finding : parsed.findings()) {
      report.append("\n  line ").append(finding.line()).append(": ").append(finding.message());
    }
    if (report.isEmpty()) {
      logged = "";
    } else {
      logOnce("in the manifest of clone bundles" + report);
    }
    return parsed;
  }

  private void logOnce(String message) {
    if (!message.equals(logged)) {
      logged = message;
      LOG.warn("{}: {}", path, message);
    }
  }

  /** The properties that show a change of the file. */
  private record Stamp(Instant modified, long size, @Nullable Object inode, boolean isYoung) {
    static Stamp of(Path path, Instant now) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      // A FIFO or a device is not opened: that could wait for ever.
      if (!attributes.isRegularFile()) {
        throw new IOException(path + " is not a regular file");
      }
      Instant modified = attributes.lastModifiedTime().toInstant();
      return new Stamp(
          modified,
          attributes.size(),
          attributes.fileKey(),
          Duration.between(modified, now).compareTo(YOUNG) < 0);
    }
  }

  @Override
  public String toString() {
    return "ManifestFile[" + path + "]";
  }
}

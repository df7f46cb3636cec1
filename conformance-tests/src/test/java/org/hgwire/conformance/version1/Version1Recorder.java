// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version1;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.RecordingProxy;
import org.hgwire.conformance.mercurial.SampleRepositories;

/**
 * Records the transcripts of version 1 of the resources again, those of each version of hg in a
 * directory of its own, into the directory that is its argument; beside them, the repositories that
 * were served, as that version made them. {@code docs/guide/conformance.md} says how to run it.
 */
final class Version1Recorder {
  /** What of a repository is kept: not what hg caches, and not what it undoes with. */
  private static final Pattern KEPT =
      Pattern.compile("\\.hg/(requires|hgrc|bookmarks|dirstate|sharedpath|store/(?!undo).*)");

  private Version1Recorder() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("usage: Version1Recorder DIRECTORY");
      System.exit(2);
    }
    for (HgVersion version : HgVersion.values()) {
      Hg hg = RealHg.require(version);
      Path output = Files.createDirectories(Path.of(arguments[0], hg.version()));
      Path temporary = Files.createTempDirectory("transcripts");
      try {
        record(hg, temporary, output);
      } finally {
        Hg.run(new ProcessBuilder("rm", "-rf", temporary.toString()), "").orThrow();
      }
    }
  }

  private static void record(Hg hg, Path temporary, Path output) throws IOException {
    Path repositories = new SampleRepositories(hg).forTranscripts(temporary.resolve("served"));
    for (String repository : List.of("wire", "heads", "empty")) {
      zip(repositories.resolve(repository), output.resolve(repository + ".zip"));
    }
    for (Scenario scenario : Scenario.all()) {
      Path repository = repositories.resolve(scenario.repository());
      Path directory = Files.createDirectory(temporary.resolve(scenario.name()));
      try (HgServe serve = HgServe.start(hg, repository, List.of());
          RecordingProxy proxy = RecordingProxy.before(serve.url())) {
        RecordingSession session = new RecordingSession(hg, repository, directory, proxy);
        scenario.steps().accept(session);
        String comment =
            "# Bytes on the wire between a Mercurial %s client and a Mercurial %s server, as this project\n"
                    .formatted(hg.version(), hg.version())
                + "# observed them: "
                + scenario.what()
                + ".\n# What was exchanged before is left out.\n";
        Files.writeString(output.resolve(scenario.name() + ".txt"), comment + session.text());
      }
    }
  }

  private static void zip(Path repository, Path file) throws IOException {
    try (Stream<Path> all = Files.walk(repository);
        OutputStream output = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(output)) {
      for (Path each : all.filter(Files::isRegularFile).sorted().toList()) {
        String name = repository.relativize(each).toString();
        if (KEPT.matcher(name).matches()) {
          ZipEntry entry = new ZipEntry(name);
          entry.setLastModifiedTime(FileTime.fromMillis(0));
          zip.putNextEntry(entry);
          Files.copy(each, zip);
        }
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.core.command.Node;
import org.hgwire.store.revlog.Revlog;
import org.hgwire.store.revlog.RevlogLimits;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every revision of every revlog that a real hg wrote, compared with what that hg reads. */
@Timeout(300)
class RealRevlogsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void everyRevisionIsThatOfHg(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    SampleRepositories repositories = new SampleRepositories(hg);
    compare(hg, repositories.rich(directory.resolve("rich")));
    compare(hg, repositories.large(directory.resolve("large")));
  }

  @ParameterizedTest
  @CsvSource({
    "V5_6, format.usegeneraldelta=no",
    "V5_6, format.sparse-revlog=no",
    "V5_6, format.revlog-compression=zstd",
    "NEWEST, format.usegeneraldelta=no",
    "NEWEST, format.revlog-compression=zlib"
  })
  void everyFormatIsRead(HgVersion version, String format) throws IOException {
    Hg hg = RealHg.require(version);
    Path repository = directory.resolve("repository");
    hg.run(directory, "init", "--config", format, repository.toString());
    Random random = new Random(7);
    for (int i = 0; i < 4; i++) {
      writeFiles(repository, random);
      hg.run(repository, "commit", "-q", "-A", "-m", "changes " + i, "-d", i + " 0");
    }
    compare(hg, repository);
  }

  /** A text, with chains of deltas; one that grows large and is split; one that is no text. */
  private static void writeFiles(Path repository, Random random) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < 3000; line++) {
      text.append(line).append(random.nextInt(20) == 0 ? " changed " + random.nextInt() : "");
      text.append('\n');
    }
    Files.writeString(repository.resolve("text"), text);
    Files.writeString(repository.resolve("growing"), text.toString().repeat(10));
    byte[] noise = new byte[40_000];
    random.nextBytes(noise);
    noise[0] = 0;
    Files.write(repository.resolve("noise"), noise);
    Files.writeString(repository.resolve("empty"), random.nextBoolean() ? "" : "a");
  }

  @ParameterizedTest
  @EnumSource
  void censoredTextIsTombstone(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    Path repository = directory.resolve("repository");
    hg.run(directory, "init", repository.toString());
    // Older versions want the tombstone to be no longer than what it replaces.
    for (String text : List.of("one\n", "secret\n".repeat(20), "three\n")) {
      Files.writeString(repository.resolve("file"), text);
      hg.run(repository, "commit", "-q", "-A", "-m", "a change");
    }
    hg.run(repository, "--config", "extensions.censor=", "censor", "-r", "1", "-t", "why", "file");
    try (Revlog revlog = open(repository.resolve(".hg/store/data/file.i"))) {
      assertThat(revlog.flags(1)).isEqualTo(Revlog.FLAG_CENSORED);
      assertThat(revlog.text(1).utf8()).startsWith("\1\ncensored:").contains("why");
      revlog.verify(1);
      assertThat(revlog.text(2).utf8()).isEqualTo("three\n");
      revlog.verify(2);
    }
  }

  private static void compare(Hg hg, Path repository) throws IOException {
    Map<Path, List<String>> expected = dump(hg, repository);
    assertThat(expected).isNotEmpty();
    for (Map.Entry<Path, List<String>> each : expected.entrySet()) {
      assertThat(lines(each.getKey())).as("%s", each.getKey()).isEqualTo(each.getValue());
    }
  }

  private static Map<Path, List<String>> dump(Hg hg, Path repository) {
    String extension = "extensions.revlogs=" + RealHg.script("revlogs.py");
    Map<Path, List<String>> revlogs = new LinkedHashMap<>();
    List<String> revisions = new ArrayList<>();
    for (String line : hg.run(repository, "--config", extension, "dumprevlogs").lines().toList()) {
      if (line.startsWith("file ")) {
        byte[] path = line.substring(5).getBytes(StandardCharsets.ISO_8859_1);
        revisions = new ArrayList<>();
        revlogs.put(Path.of(new String(path, StandardCharsets.UTF_8)), revisions);
      } else {
        revisions.add(line);
      }
    }
    return revlogs;
  }

  private static List<String> lines(Path index) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Revlog revlog = open(index)) {
      assertThat(revlog.incompleteBytes()).isZero();
      for (int r = 0; r < revlog.count(); r++) {
        revlog.verify(r);
        assertThat(revlog.find(revlog.node(r))).isEqualTo(r);
        lines.add(line(revlog, r));
      }
      assertThat(revlog.find(Node.NULL)).isEqualTo(Revlog.NONE);
    }
    return lines;
  }

  private static String line(Revlog revlog, int revision) throws IOException {
    return String.join(
        " ",
        revlog.node(revision).hex(),
        "" + revlog.parent1(revision),
        "" + revlog.parent2(revision),
        "" + revlog.link(revision),
        "" + revlog.flags(revision),
        "" + revlog.size(revision),
        "" + revlog.storedLength(revision),
        "" + revlog.base(revision),
        sha1(revlog.text(revision).toByteArray()));
  }

  private static String sha1(byte[] text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Revlog open(Path index) throws IOException {
    return Revlog.open(index, RevlogLimits.defaults());
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgPython;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.core.ByteString;
import org.hgwire.core.revision.TrackedPath;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.RevlogPath;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of paths have the names in the store that Mercurial gives them. */
final class StoreNamesOfMercurialTest {
  private static final int PATHS = 3000;

  private static final String[] WORDS = {
    "a",
    "B",
    "_",
    "Foo",
    "con",
    "AUX",
    "nul",
    "prn",
    "com1",
    "com0",
    "lpt9",
    "lpt10",
    ".",
    " ",
    "..x",
    "x.",
    "x ",
    ".i",
    ".d",
    ".hg",
    "foo.i",
    "foo.d",
    "foo.hg",
    "~",
    "\\",
    ":",
    "*",
    "?",
    "\"",
    "<",
    ">",
    "|",
    "\u0001",
    "\u001f",
    "\u007f",
    "\u0080",
    "\u00ff",
    "}",
    "aux.c",
    "directory-with-a-long-name",
    "xxxxxxx.y",
    "xxxxxxx y",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW"
  };

  @TempDir Path temporary;

  @ParameterizedTest
  @ValueSource(strings = {"format.dotencode=1", "format.dotencode=0", "format.usefncache=0"})
  void namesAreThoseOfMercurial(String configuration) throws Exception {
    Hg hg = RealHg.require();
    Path repository = temporary.resolve("repository");
    hg.run(temporary, "init", "--config", configuration, repository.toString());
    RepositoryDirectory directory = RepositoryDirectory.open(repository);
    List<ByteString> paths = paths(new Random(configuration.hashCode()));

    List<String> expected;
    try (HgPython python = HgPython.of(hg, repository)) {
      expected = python.ask("names", paths.stream().map(ByteString::hex).toList());
    }

    assertThat(expected).hasSameSizeAs(paths);
    for (int i = 0; i < paths.size(); i++) {
      RevlogPath ours = directory.fileLogs().find(paths.get(i));
      assertThat(ours).as(paths.get(i).toString()).isNotNull();
      assertThat(directory.store().relativize(ours.index())).hasToString(expected.get(i));
    }
  }

  private static List<ByteString> paths(Random random) {
    List<ByteString> paths = new ArrayList<>();
    while (paths.size() < PATHS) {
      ByteString path = random.nextInt(10) == 0 ? bytes(random) : words(random);
      if (TrackedPath.fault(path) == null && path.indexOf((byte) '\n', 0) < 0) {
        paths.add(path);
      }
    }
    return paths;
  }

  private static ByteString words(Random random) {
    StringBuilder path = new StringBuilder();
    for (int words = 1 + random.nextInt(1 + random.nextInt(20)); words > 0; words--) {
      path.append(WORDS[random.nextInt(WORDS.length)]);
      path.append(words > 1 && random.nextBoolean() ? "/" : "");
    }
    return ByteString.copyOf(path.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private static ByteString bytes(Random random) {
    ByteArrayOutputStream path = new ByteArrayOutputStream();
    for (int length = 1 + random.nextInt(140); length > 0; length--) {
      path.write(1 + random.nextInt(255));
    }
    return ByteString.copyOf(path.toByteArray());
  }
}

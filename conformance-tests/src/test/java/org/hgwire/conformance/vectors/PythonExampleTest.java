// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example on the page of vectors, run as it stands there, with the python3 of the path. */
final class PythonExampleTest {
  @TempDir private Path directory;

  @BeforeEach
  void requirePython() {
    boolean found =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "python3")));
    assumeTrue(found, "there is no python3");
  }

  @Test
  void exampleAcceptsItsDecoder() throws IOException, InterruptedException {
    long vectors = TableVectors.frames().count();

    assertThat(run(example())).isEqualTo(vectors + " vectors, 0 failed\nexit 0");
  }

  @Test
  void exampleFindsTheLengthThatMercurialReads() throws IOException, InterruptedException {
    String mistaken =
        example()
            .replace(
                "int.from_bytes(data[:3], \"little\")",
                "data[0] + 256 * data[1] + 16384 * data[2]");

    assertThat(run(mistaken)).contains("FAILED frame/length/65536 - ").endsWith("exit 1");
  }

  private static String example() throws IOException {
    String page = Files.readString(Path.of("../docs/conformance/vectors.md"));
    int start = page.indexOf("```python\n") + "```python\n".length();
    return page.substring(start, page.indexOf("```", start));
  }

  private String run(String program) throws IOException, InterruptedException {
    Path script = Files.writeString(directory.resolve("check_frames.py"), program);
    Vectors.copyTo(directory.resolve("vectors"));
    Process python =
        new ProcessBuilder("python3", script.toString(), "vectors/frames.jsonl")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return output.replace("\r\n", "\n") + "exit " + python.waitFor();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.mercurial;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The Python beside an hg of at most 7.0, which is asked what Mercurial's commands do not tell, and
 * runs commands without starting for each. Nothing of Mercurial's source is used. {@code ask.py}
 * has the questions.
 */
public final class HgPython implements AutoCloseable {
  private final Process process;
  private final Writer questions;
  private final BufferedReader answers;

  private HgPython(Process process) {
    this.process = process;
    this.questions = process.outputWriter(StandardCharsets.US_ASCII);
    this.answers =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  /** Starts to ask about a repository. */
  public static HgPython of(Hg hg, Path repository) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                hg.executable().resolveSibling("python").toString(),
                RealHg.script("ask.py").toString(),
                repository.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    Hg.cleanEnvironment(builder);
    return new HgPython(builder.start());
  }

  /** Asks a question, and returns the lines of the answer. */
  public List<String> ask(String question, List<String> words) throws IOException {
    questions.write(question);
    for (String word : words) {
      questions.write('\t' + word);
    }
    questions.write('\n');
    questions.flush();
    List<String> answer = new ArrayList<>();
    for (String line = answers.readLine(); ; line = answers.readLine()) {
      if (line == null) {
        throw new AssertionError("Mercurial's Python ended; it was asked: " + question);
      }
      if (line.isEmpty()) {
        return answer;
      }
      answer.add(line);
    }
  }

  /** Runs a command of hg, and returns the lines of its output. */
  public List<String> hg(String... words) throws IOException {
    return ask("hg", List.of(words));
  }

  @Override
  public void close() {
    Hg.kill(process);
  }
}

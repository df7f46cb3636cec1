// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a shell script printed in which {@code hgwire} runs the command line in its own process.
 *
 * @param exitCode its exit code
 * @param out standard output
 * @param err standard error
 */
record ShellRun(int exitCode, String out, String err) {
  /**
   * Runs a script of {@code /bin/sh}.
   *
   * @param directory its working directory, which gets the files {@code out} and {@code err}
   * @param environment variables of its environment; {@code JVM} has options of the JVM
   */
  static ShellRun of(Path directory, Map<String, String> environment, String script)
      throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    ProcessBuilder shell =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "hgwire() { \"$JAVA\" --enable-native-access=ALL-UNNAMED $JVM -cp \"$CLASSES\" "
                    + HgWire.class.getName()
                    + " \"$@\"; }\n"
                    + script)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    shell
        .environment()
        .put("JAVA", Path.of(System.getProperty("java.home"), "bin/java").toString());
    shell.environment().put("JVM", "");
    shell
        .environment()
        .put(
            "CLASSES",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    shell.environment().putAll(environment);
    Process process = shell.start();
    process.getOutputStream().close();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new IOException("the script does not end: " + script);
    }
    return new ShellRun(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}

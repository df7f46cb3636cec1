// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.mercurial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.hgwire.conformance.transcript.Exchange;
import org.hgwire.conformance.transcript.Transcript;

/**
 * Records the transcripts of the resources again, with the hg of the interop tests, into the
 * directory that is its argument:
 *
 * <pre>{@code
 * mvn -pl conformance-tests -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * cd conformance-tests
 * java -cp "target/test-classes:target/classes:$(cat target/classpath)" \
 *     org.hgwire.conformance.mercurial.TranscriptRecorder DIRECTORY
 * }</pre>
 *
 * <p>{@code java -Dhg.v2=/path/to/hg} uses another hg.
 */
final class TranscriptRecorder {
  private static final String[] ENCODINGS = {"zstd-8mb", "zlib", "identity"};

  private final Hg hg;
  private final Path temporary;
  private final Path output;

  private TranscriptRecorder(Hg hg, Path temporary, Path output) {
    this.hg = hg;
    this.temporary = temporary;
    this.output = output;
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("usage: TranscriptRecorder DIRECTORY");
      System.exit(2);
    }
    Path output = Files.createDirectories(Path.of(arguments[0]));
    Path temporary = Files.createTempDirectory("transcripts");
    try {
      new TranscriptRecorder(RealHg.require(), temporary, output).recordAll();
    } finally {
      Hg.run(new ProcessBuilder("rm", "-rf", temporary.toString()), "").orThrow();
    }
  }

  private void recordAll() {
    for (String encoding : ENCODINGS) {
      Path repository = temporary.resolve(encoding);
      hg.run(temporary, "init", repository.toString());
      hg.run(repository, "debugbuilddag", "-q", "-n", "-m", "+3:a*a+2/a");
      hg.run(repository, "bookmark", "-r", "2", "mark");
      hg.run(repository, "phase", "--public", "-r", "1");
      List<String> options = DebugWireProtocol.v2(encoding);
      record(
          repository,
          output.resolve("clone-" + encoding + ".txt"),
          "hg clone of a small repository, " + encoding,
          proxy -> {
            List<String> line = new ArrayList<>(options);
            line.addAll(List.of("clone", "-U", proxy.url().toString(), encoding + "-clone"));
            hg.tryRun(temporary, "", line).orThrow();
          });
      record(
          repository,
          output.resolve("commands-" + encoding + ".txt"),
          "each of the twelve commands called by hg debugwireproto, " + encoding,
          proxy -> {
            for (String[] call : StandardCalls.all(hg, repository)) {
              call(proxy, options, call);
            }
          });
    }
    Path repository = temporary.resolve(ENCODINGS[0]);
    record(
        repository,
        output.resolve("errors.txt"),
        "calls that hg serve refuses",
        proxy -> {
          for (String[] call : StandardCalls.REFUSED) {
            call(proxy, DebugWireProtocol.v2(ENCODINGS), call);
          }
        });
  }

  private void call(RecordingProxy proxy, List<String> options, String[] call) {
    String[] arguments = Arrays.copyOfRange(call, 1, call.length);
    DebugWireProtocol.call(hg, temporary, proxy.url(), options, call[0], arguments);
  }

  private void record(Path repository, Path file, String what, Consumer<RecordingProxy> client) {
    try (HgServe serve = HgServe.v2(hg, repository);
        RecordingProxy proxy = RecordingProxy.before(serve.url())) {
      client.accept(proxy);
      List<Exchange> kept = new ArrayList<>();
      for (Exchange exchange : proxy.exchanges()) {
        boolean handshake = exchange.method().equals("GET");
        if (!handshake || kept.isEmpty()) {
          kept.add(exchange);
        }
      }
      String comment =
          "Bytes on the wire between a Mercurial 5.6.1 client and a Mercurial 5.6.1 server, as"
              + " this\n"
              + "project observed them: "
              + what
              + ".\nThe handshake is kept once.";
      Files.writeString(file, new Transcript(kept).print(comment));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

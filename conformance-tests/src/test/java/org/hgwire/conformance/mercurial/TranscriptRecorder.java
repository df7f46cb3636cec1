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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records the transcripts of the resources anew: {@code mvn test -pl conformance-tests -am
 * -Dtest=TranscriptRecorder -Drecord=DIRECTORY}.
 */
final class TranscriptRecorder {
  private static final String[] ENCODINGS = {"zstd-8mb", "zlib", "identity"};

  @TempDir Path temporary;

  @Test
  @EnabledIfSystemProperty(named = "record", matches = ".+")
  void recordAll() throws IOException {
    Hg hg = RealHg.require();
    Path output = Files.createDirectories(Path.of(System.getProperty("record")));
    for (String encoding : ENCODINGS) {
      Path repository = temporary.resolve(encoding);
      hg.run(temporary, "init", repository.toString());
      hg.run(repository, "debugbuilddag", "-q", "-n", "-m", "+3:a*a+2/a");
      hg.run(repository, "bookmark", "-r", "2", "mark");
      hg.run(repository, "phase", "--public", "-r", "1");
      List<String> options = DebugWireProtocol.v2(encoding);
      record(
          hg,
          repository,
          output.resolve("clone-" + encoding + ".txt"),
          "hg clone of a small repository, " + encoding,
          proxy -> {
            List<String> line = new ArrayList<>(options);
            line.addAll(List.of("clone", "-U", proxy.url().toString(), encoding + "-clone"));
            hg.tryRun(temporary, "", line).orThrow();
          });
      record(
          hg,
          repository,
          output.resolve("commands-" + encoding + ".txt"),
          "each of the twelve commands called by hg debugwireproto, " + encoding,
          proxy -> {
            for (String[] call : StandardCalls.all(hg, repository)) {
              call(hg, proxy, options, call);
            }
          });
    }
    Path repository = temporary.resolve(ENCODINGS[0]);
    record(
        hg,
        repository,
        output.resolve("errors.txt"),
        "calls that hg serve refuses",
        proxy -> {
          for (String[] call : StandardCalls.REFUSED) {
            call(hg, proxy, DebugWireProtocol.v2(ENCODINGS), call);
          }
        });
  }

  private void call(Hg hg, RecordingProxy proxy, List<String> options, String[] call) {
    String[] arguments = Arrays.copyOfRange(call, 1, call.length);
    DebugWireProtocol.call(hg, temporary, proxy.url(), options, call[0], arguments);
  }

  private static void record(
      Hg hg, Path repository, Path file, String what, Consumer<RecordingProxy> client) {
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
          "Bytes on the wire between a Mercurial 5.6.1 client and a Mercurial 5.6.1 server, as this\n"
              + "project observed them: "
              + what
              + ".\nThe handshake is kept once.";
      Files.writeString(file, new Transcript(kept).print(comment));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

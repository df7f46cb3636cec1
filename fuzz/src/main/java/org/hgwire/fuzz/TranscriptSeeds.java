// SPDX-License-Identifier: Apache-2.0
package org.hgwire.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;

/**
 * Seeds from the transcripts of the conformance tests: {@code >} is what the client sent and {@code
 * <} what the server sent; after {@code x} follow bytes in hexadecimal.
 */
final class TranscriptSeeds {
  private static final int MAX_BYTES = 4096;

  private final Map<String, List<ByteString>> seeds = new TreeMap<>();
  private final StringBuilder head = new StringBuilder();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  private TranscriptSeeds() {}

  /** Returns seeds by target, from all transcripts below a folder. */
  static Map<String, List<ByteString>> of(Path folder) throws IOException {
    TranscriptSeeds seeds = new TranscriptSeeds();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".txt")).sorted().toList()) {
        Files.readAllLines(file).forEach(seeds::read);
        seeds.endExchange();
      }
    }
    return seeds.seeds;
  }

  private void read(String line) {
    if (line.startsWith(">x ")) {
      sent.writeBytes(HexFormat.of().parseHex(line.substring(3)));
    } else if (line.startsWith("<x ")) {
      received.writeBytes(HexFormat.of().parseHex(line.substring(3)));
    } else if (line.startsWith("> ")) {
      if (received.size() > 0 || line.startsWith("> GET ") || line.startsWith("> POST ")) {
        endExchange();
      }
      head.append(line.substring(2)).append('\n');
    }
  }

  private void endExchange() {
    byte[] request = sent.toByteArray();
    byte[] response = received.toByteArray();
    if (!head.isEmpty()) {
      ByteArrayOutputStream http = new ByteArrayOutputStream();
      http.writeBytes(head.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1));
      http.writeBytes(request);
      add("HttpEndpointFuzzer", http.toByteArray());
    }
    add("FrameDecoderFuzzer", request);
    add("ServerReactorFuzzer", request);
    add("FrameDecoderFuzzer", response);
    add("ClientReactorFuzzer", response);
    add("CborDecoderFuzzer", response);
    head.setLength(0);
    sent.reset();
    received.reset();
  }

  private void add(String target, byte[] bytes) {
    if (bytes.length > 0 && bytes.length <= MAX_BYTES) {
      seeds.computeIfAbsent(target, of -> new ArrayList<>()).add(ByteString.copyOf(bytes));
    }
  }
}

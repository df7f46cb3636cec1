// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cuts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.hgwire.conformance.cuts.MemoryWire.Answer;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.command.TypedRequest;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.reactor.ClientReactor;
import org.hgwire.server.http.HttpEndpoint;
import org.hgwire.server.http.HttpFields;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies of requests, of both versions, that end after every number of bytes. */
final class RequestCutsTest {
  @TempDir Path directory;
  private ServedRepository served;
  private HttpEndpoint endpoint;

  @BeforeEach
  void serve() throws IOException {
    served = new ServedRepository(directory, 1);
    endpoint = served.endpoint();
  }

  private Answer send(byte[] frames, int length) throws IOException {
    return send(frames, length, Math.max(1, length));
  }

  private Answer send(byte[] frames, int length, int piece) throws IOException {
    String media = "application/mercurial-exp-framing-0006";
    return MemoryWire.send(
        endpoint,
        "POST",
        "/api/exp-http-v2-0003/rw/multirequest",
        HttpFields.of("Accept", media).with("Content-Type", media),
        Arrays.copyOf(frames, length),
        piece);
  }

  /** Returns the frames of requests, several for each. */
  private static byte[] frames(String responses, String requests, List<TypedRequest> calls) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    try (ClientReactor client =
        new ClientReactor(
            WireLimits.defaults().with(WireLimit.EMITTED_FRAME_PAYLOAD, 48),
            ContentEncodings.named(responses),
            ContentEncodings.named(requests).preferred().get(0))) {
      calls.forEach(call -> client.call(call.toRequest(), false));
      for (ByteBuffer next = client.pollOutput(); next != null; next = client.pollOutput()) {
        frames.writeBytes(ByteString.copyOf(next).toByteArray());
      }
    }
    return frames.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({"identity, identity", "zlib, zlib", "zstd-8mb, zstd-8mb"})
  void cutRequestRunsNothing(String responses, String requests) throws IOException {
    for (TypedRequest request : Version2Calls.requests(served)) {
      byte[] whole = frames(responses, requests, List.of(request));
      Answer expected = send(whole, whole.length);
      assertThat(expected.status()).isEqualTo(200);
      List<String> run = served.takeRun();
      assertThat(run).hasSize(1);
      assertThat(served.takeBegun()).hasSize(1);
      for (int length = 0; length < whole.length; length++) {
        String where = request.command() + " after " + length;

        Answer answer = send(whole, length);

        requireRefused(answer, where);
        assertThat(served.takeRun()).as(where).isEmpty();
        assertThat(served.takeBegun()).as(where).isEmpty();
        expected.requireSame(send(whole, whole.length), where);
        assertThat(served.takeRun()).as(where).isEqualTo(run);
        served.takeBegun();
      }
    }
  }

  private static void requireRefused(Answer answer, String where) {
    assertThat(answer.status()).as(where).isEqualTo(400);
    assertThat(answer.complete()).as(where).isTrue();
    assertThat(answer.body().utf8()).as(where).hasLineCount(1);
  }

  /** All commands in one request, sent at once: without its end it is refused. */
  @ParameterizedTest
  @CsvSource({"identity, identity", "zlib, zlib", "zstd-8mb, zstd-8mb"})
  void cutBatchRunsNothing(String responses, String requests) throws IOException {
    List<TypedRequest> calls = Version2Calls.requests(served);
    byte[] whole = frames(responses, requests, calls);
    Answer expected = send(whole, whole.length);
    List<String> run = served.takeRun();
    List<String> begun = served.takeBegun();
    int requestsBefore = 0;
    for (int length = 0; length < whole.length; length++) {
      String where = "after " + length;

      Answer answer = send(whole, length);

      List<String> ran = served.takeRun();
      if (answer.status() == 200) {
        // The cut is between two requests: an exchange of those before it.
        requestsBefore++;
        assertThat(ran).as(where).isEqualTo(run.subList(0, requestsBefore));
        assertThat(served.takeBegun()).as(where).isEqualTo(begun.subList(0, requestsBefore));
        assertThat(answer.slow() || expected.body().startsWith(answer.body())).as(where).isTrue();
      } else {
        requireRefused(answer, where);
        assertThat(ran).as(where).isEmpty();
        assertThat(served.takeBegun()).as(where).isEmpty();
      }
      expected.requireSame(send(whole, whole.length), where);
      assertThat(served.takeRun()).as(where).isEqualTo(run);
      assertThat(served.takeBegun()).as(where).isEqualTo(begun);
    }
    assertThat(requestsBefore).isEqualTo(calls.size() - 1);
  }

  /** A server that holds one request at a time runs each command before it reads the next. */
  @ParameterizedTest
  @CsvSource({"identity, identity", "zlib, zlib", "zstd-8mb, zstd-8mb"})
  void cutBatchRunsWhatCameBeforeTheCut(String responses, String requests) throws IOException {
    WireLimits limits = WireLimits.defaults().with(WireLimit.MAX_ACTIVE_REQUESTS, 1);
    served = new ServedRepository(directory, 1, limits);
    endpoint = served.endpoint();
    List<TypedRequest> calls = Version2Calls.requests(served);
    byte[] whole = frames(responses, requests, calls);
    Answer expected = send(whole, whole.length, 1);
    List<String> run = served.takeRun();
    List<String> begun = served.takeBegun();
    int before = 0;
    int sent = 0;
    for (int length = 0; length < whole.length; length++) {
      String where = "after " + length;

      Answer answer = send(whole, length, 1);

      List<String> ran = served.takeRun();
      assertThat(ran).as(where).isEqualTo(run.subList(0, ran.size()));
      boolean atStart = ran.size() == before + 1;
      assertThat(ran.size()).as(where).isBetween(before, before + 1);
      before = ran.size();
      assertThat(served.takeBegun()).as(where).isEqualTo(begun.subList(0, before));
      assertThat(answer.complete()).as(where).isEqualTo(atStart || answer.status() == 400);
      if (before == 0) {
        requireRefused(answer, where);
      } else {
        assertThat(answer.status()).as(where).isEqualTo(200);
        if (!answer.slow()) {
          assertThat(expected.body().startsWith(answer.body())).as(where).isTrue();
          assertThat(answer.body().length() > sent).as(where).isEqualTo(atStart);
          sent = answer.body().length();
        }
      }
    }
    assertThat(before).isEqualTo(calls.size() - 1);
    expected.requireSame(send(whole, whole.length, 1), "whole");
  }

  @Test
  void cutArgumentsOfVersion1RunNothing() throws IOException {
    String nodes = served.root.hex() + "+" + served.marked.hex();
    String mark = served.marked.hex();
    List<String> calls =
        List.of(
            "batch cmds=heads+%3Bknown+nodes%3D" + served.root.hex(),
            "get_cached_bundle_inline path=" + ServedRepository.INLINE_BUNDLE,
            "getbundle common=" + served.root.hex() + "&heads=" + nodes,
            "getbundle bundlecaps=HG20&cg=1&heads=" + served.marked.hex(),
            "known nodes=" + nodes,
            "listkeys namespace=bookmarks",
            "lookup key=mark",
            "pushkey namespace=bookmarks&key=mark&old=" + mark + "&new=" + mark);
    for (String call : calls) {
      String[] parts = call.split(" ", 2);
      Answer expected = post(parts[0], parts[1], parts[1].length());
      assertThat(expected.status()).isEqualTo(200);
      assertThat(served.takeBegun()).isNotEmpty();
      List<String> run = served.takeRun();
      for (int length = 0; length < parts[1].length(); length++) {
        String where = call + " after " + length;

        requireRefused(post(parts[0], parts[1], length), where);

        assertThat(served.takeRun()).as(where).isEmpty();
        assertThat(served.takeBegun()).as(where).isEmpty();
        expected.requireSame(post(parts[0], parts[1], parts[1].length()), where);
        assertThat(served.takeRun()).as(where).isEqualTo(run);
        served.takeBegun();
      }
    }
  }

  private Answer post(String command, String arguments, int length) throws IOException {
    return MemoryWire.send(
        endpoint,
        "POST",
        "/?cmd=" + command,
        HttpFields.of("X-HgArgs-Post", String.valueOf(arguments.length()))
            .with("X-HgProto-1", "0.1 0.2 comp=zstd,zlib,none")
            .with("Content-Type", "application/mercurial-0.1"),
        arguments.substring(0, length).getBytes(StandardCharsets.US_ASCII));
  }
}

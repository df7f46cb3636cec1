// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import okio.BufferedSink;
import org.hgwire.core.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses to {@code getbundle} that are cut, endless, bombs, or no bundles at all. */
@Timeout(120)
final class HostileStreamsTest {
  private static final int CUTS = Integer.getInteger("cuts", 12);
  private static final String MAGIC = ByteString.utf8("HG20").hex() + "00000000";

  /** A part with an advisory name that nobody knows, and no parameters. */
  private static final String UNKNOWN_PART = part("unheard-of");

  private static final Map<String, String> BUNDLES = bundles();

  @TempDir Path directory;

  private static String part(String name) {
    String header = "%02x%s".formatted(name.length(), ByteString.utf8(name).hex()) + "00000000";
    return "%08x%s".formatted(header.length() / 2 + 2, header + "0000");
  }

  private static String changegroup(String chunks) {
    return MAGIC + part("CHANGEGROUP") + "%08x".formatted(chunks.length() / 2) + chunks;
  }

  /** The bytes of what is sent as a bundle, in hexadecimal. */
  private static Map<String, String> bundles() {
    Map<String, String> bundles = new LinkedHashMap<>();
    bundles.put("nothing", "");
    bundles.put("html", ByteString.utf8("<html>try again</html>").hex());
    bundles.put("another kind of bundle", ByteString.utf8("HG30").hex() + "00000000");
    bundles.put("parameters of 2 GiB", ByteString.utf8("HG20").hex() + "7fffffff");
    bundles.put("parameters of -1 bytes", ByteString.utf8("HG20").hex() + "ffffffff");
    bundles.put(
        "mandatory parameter", ByteString.utf8("HG20").hex() + "00000003" + "583d79" + "00000000");
    bundles.put("part header of 2 GiB", MAGIC + "7fffffff");
    bundles.put("part header of -2 bytes", MAGIC + "fffffffe");
    bundles.put("part header without its name", MAGIC + "00000001" + "ff");
    bundles.put("chunk of 2 GiB", MAGIC + UNKNOWN_PART + "7fffffff" + "00".repeat(100));
    bundles.put("chunk of -2 bytes", MAGIC + UNKNOWN_PART + "fffffffe" + "00".repeat(100));
    bundles.put("parts that interrupt each other", MAGIC + (UNKNOWN_PART + "ffffffff").repeat(100));
    bundles.put("mandatory part", MAGIC + part("UNHEARD-OF") + "00000000" + "00000000");
    bundles.put("revision of 2 GiB", changegroup("7fffffff" + "00".repeat(100)));
    bundles.put("revision of -1 bytes", changegroup("ffffffff" + "00".repeat(100)));
    bundles.put("revision of 3 bytes", changegroup("00000003" + "00".repeat(100)));
    bundles.put("path of 2 GiB", changegroup("00000000" + "00000000" + "7fffffff"));
    bundles.put("path of -1 bytes", changegroup("00000000" + "00000000" + "ffffffff"));
    bundles.put("path of nothing", changegroup("00000000" + "00000000" + "00000004"));
    bundles.put(
        "changegroup in a changegroup",
        changegroup("") + "ffffffff" + part("CHANGEGROUP") + "00000000");
    bundles.put(
        "changegroup that ends before its end", changegroup("00000000") + "00000000" + "00000000");
    return bundles;
  }

  static Stream<String> names() {
    return BUNDLES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void whatIsNoBundleIsRefused(String name) throws IOException {
    byte[] bundle = ByteString.fromHex(String.valueOf(BUNDLES.get(name))).toByteArray();
    try (HostilePull pull = new HostilePull(directory, 3)) {
      pull.server.bytes = honest -> bundle;
      pull.requireRefused("getbundle");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "zlib", "zstd"})
  void responseThatIsCutIsRefused(String compression) throws IOException {
    for (int i = 0; i < CUTS; i++) {
      int number = i;
      Path target = directory.resolve("cut" + i);
      try (HostilePull pull = new HostilePull(target, 8)) {
        UnaryOperator<byte[]> cut =
            bytes -> Arrays.copyOf(bytes, (int) ((long) bytes.length * number / CUTS));
        pull.server.compression = compression;
        pull.server.compressed = cut;
        pull.requireRefused("getbundle");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zlib", "zstd"})
  void damagedCompressionIsRefused(String compression) throws IOException {
    try (HostilePull pull = new HostilePull(directory, 3)) {
      pull.server.compression = compression;
      pull.server.compressed =
          bytes -> {
            bytes[bytes.length / 2] ^= 0x55;
            bytes[bytes.length / 2 + 1] ^= 0x55;
            return bytes;
          };
      pull.requireRefused("");
    }
  }

  @Test
  void compressionThatWasNotOfferedIsRefused() throws IOException {
    try (HostilePull pull = new HostilePull(directory, 3)) {
      for (String name : new String[] {"snappy", "", "x".repeat(200), "zlib\u0001\n"}) {
        pull.server.responses.put("getbundle", Version1Server.stream(name, new byte[100]));
        pull.requireFails("compression");
      }
      MockResponse.Builder html = Version1Server.response("text/html", new byte[100]).newBuilder();
      pull.server.responses.put("getbundle", html.build());
      pull.requireFails("content type");
      String text = "\u001b[31mred\r\n%n%s" + "x".repeat(100_000);
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      pull.server.responses.put("getbundle", Version1Server.response("application/hg-error", utf8));
      pull.requireFails("red");
      pull.requireCompletes();
    }
  }

  /** An endless body: a beginning, then the same again and again. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Endless(byte[] beginning, byte[] again) implements MockResponseBody {
    @Override
    public long getContentLength() {
      return Long.MAX_VALUE;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      sink.write(beginning);
      while (true) {
        sink.write(again);
      }
    }
  }

  private static MockResponse endless(String compression, byte[] beginning, byte[] again) {
    ByteArrayOutputStream named = new ByteArrayOutputStream();
    named.write(compression.length());
    named.writeBytes(compression.getBytes(StandardCharsets.US_ASCII));
    named.writeBytes(beginning);
    return new MockResponse.Builder()
        .addHeader("Content-Type", "application/mercurial-0.2")
        .body(new Endless(named.toByteArray(), again))
        .build();
  }

  private static byte[] hex(String digits) {
    return ByteString.fromHex(digits).toByteArray();
  }

  @Test
  void endlessResponsesAreRefused() throws IOException {
    try (HostilePull pull = new HostilePull(directory, 3)) {
      byte[] megabyte = new byte[1 << 20];
      Arrays.fill(megabyte, (byte) 'x');
      byte[] chunk = Arrays.copyOf(hex("00100000"), 4 + megabyte.length);
      System.arraycopy(megabyte, 0, chunk, 4, megabyte.length);
      // Keys without an end, of a namespace that was asked for.
      String keys = "084c4953544b455953" + "00000000" + "0100" + "0909";
      String header =
          keys + ByteString.utf8("namespace").hex() + ByteString.utf8("bookmarks").hex();
      byte[] beginning = hex(MAGIC + "%08x".formatted(header.length() / 2) + header);
      pull.server.responses.put("getbundle", endless("none", beginning, chunk));
      pull.requireFails("max-cbor-bytes");
      // Parts without an end, each of which has markers.
      pull.server.responses.put("getbundle", endless("none", hex(MAGIC), markers()));
      pull.requireFails("max-stored-markers");
      for (String command : new String[] {"capabilities", "batch"}) {
        MockResponse.Builder text =
            new MockResponse.Builder().addHeader("Content-Type", "application/mercurial-0.1");
        pull.server.responses.put(command, text.body(new Endless(new byte[0], megabyte)).build());
        pull.requireFails("longer than");
        pull.server.responses.remove(command);
      }
      pull.requireCompletes();
    }
  }

  /** A part with 8 MB of markers. */
  private static byte[] markers() {
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    byte[] one = hex("00000027" + "00".repeat(12) + "000300" + "11".repeat(20));
    part.writeBytes(hex(part("OBSMARKERS")));
    int count = 200_000;
    part.writeBytes(hex("%08x".formatted(1 + count * one.length)));
    part.write(1);
    for (int i = 0; i < count; i++) {
      one[one.length - 1] = (byte) i;
      part.writeBytes(one);
    }
    part.writeBytes(hex("00000000"));
    return part.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zlib", "zstd"})
  void bombsAreRefused(String compression) throws IOException {
    byte[] bomb = new byte[256 << 20];
    byte[] beginning = hex(MAGIC + UNKNOWN_PART + "3fffffff");
    System.arraycopy(beginning, 0, bomb, 0, beginning.length);
    byte[] packed = Version1Server.packed(compression, bomb);
    assertThat(packed.length).isLessThan(1 << 20);
    try (HostilePull pull = new HostilePull(directory, 3)) {
      pull.server.responses.put("getbundle", Version1Server.stream(compression, packed));
      pull.requireRefused("getbundle");
    }
  }
}

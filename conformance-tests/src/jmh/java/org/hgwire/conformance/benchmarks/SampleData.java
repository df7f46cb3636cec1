// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;

/** Input that is the same in every run and resembles responses. */
final class SampleData {
  private static final int TEXT = 200;

  private SampleData() {}

  /** Returns maps of five entries, like those of changesets and revisions in a response. */
  static List<CborMap> records(int count) {
    Random random = new Random(1);
    CborArray following =
        new CborArray(
            List.of(new CborArray(List.of(CborBytes.utf8("revision"), CborInteger.of(TEXT)))));
    List<CborMap> records = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      records.add(
          CborMap.builder()
              .put("node", node(random))
              .put(
                  "parents",
                  new CborArray(List.of(new CborBytes(node(random)), new CborBytes(node(random)))))
              .put("phase", CborBytes.utf8("public"))
              .put("linknode", node(random))
              .put("fieldsfollowing", following)
              .build());
    }
    return records;
  }

  /** Returns the bytes of a response: records, each followed by a text of 200 bytes. */
  static byte[] response(int count) {
    byte[] text = text(TEXT);
    CborEncoder encoder = new CborEncoder();
    for (CborMap item : records(count)) {
      encoder.value(item).bytesHead(text.length).raw(ByteBuffer.wrap(text));
    }
    ByteBuffer encoded = encoder.take();
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  /** Returns the text of a manifest: per file a path, a hexadecimal node and a line feed. */
  static ByteString manifest(int files, int changedFile) {
    Random random = new Random(2);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < files; i++) {
      String node = HexFormat.of().formatHex(node(random).toByteArray());
      text.append("directory%03d/file%05d.txt".formatted(i / 20, i)).append('\0');
      text.append(i == changedFile ? "0".repeat(40) : node).append('\n');
    }
    return ByteString.utf8(text.toString());
  }

  /** Returns text that compresses about as well as source code. */
  static byte[] text(int length) {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder(length + 32);
    while (text.length() < length) {
      text.append("word").append((int) Math.abs(random.nextGaussian() * 300)).append(' ');
      if (random.nextInt(8) == 0) {
        text.append('\n');
      }
    }
    return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
  }

  private static ByteString node(Random random) {
    byte[] node = new byte[20];
    random.nextBytes(node);
    return ByteString.copyOf(node);
  }
}

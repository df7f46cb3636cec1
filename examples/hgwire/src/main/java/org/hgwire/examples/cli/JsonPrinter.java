// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HexFormat;
import java.util.Map.Entry;
import org.hgwire.client.ResponseObject;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborNull;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;

/**
 * Prints objects as JSON: printable byte strings as text, others in hexadecimal; byte strings that
 * are streamed are always in hexadecimal.
 */
final class JsonPrinter implements ObjectPrinter {
  private static final int PIECE_BYTES = 32 * 1024;
  private static final JsonFactory JSON = new JsonFactory();

  private final PrintWriter out;

  JsonPrinter(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void print(ResponseObject object) throws IOException {
    if (object instanceof ResponseObject.Value read) {
      try (JsonGenerator generator = JSON.createGenerator(out)) {
        generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        generator.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
        read.value().accept(new Writer(generator)).run();
      }
    } else if (object instanceof ResponseObject.Bytes bytes) {
      out.print('"');
      byte[] piece = new byte[PIECE_BYTES];
      for (int count = bytes.stream().read(piece); count >= 0; count = bytes.stream().read(piece)) {
        out.print(HexFormat.of().formatHex(piece, 0, count));
      }
      out.print('"');
    }
    out.println();
  }

  private static String text(ByteString bytes) {
    for (int i = 0; i < bytes.length(); i++) {
      if (bytes.at(i) < 0x20 || bytes.at(i) == 0x7f) {
        return bytes.hex();
      }
    }
    return bytes.utf8();
  }

  /** One step of writing. */
  private interface Step {
    void run() throws IOException;
  }

  private record Writer(JsonGenerator json) implements CborValue.Visitor<Step> {
    @Override
    public Step visitNull(CborNull value) {
      return json::writeNull;
    }

    @Override
    public Step visitBoolean(CborBoolean value) {
      return () -> json.writeBoolean(value.value());
    }

    @Override
    public Step visitInteger(CborInteger value) {
      return () -> json.writeNumber(value.toBigInteger());
    }

    @Override
    public Step visitBytes(CborBytes value) {
      return () -> json.writeString(text(value.value()));
    }

    @Override
    public Step visitArray(CborArray value) {
      return () -> writeItems(value.items());
    }

    @Override
    public Step visitSet(CborSet value) {
      return () -> writeItems(value.members());
    }

    @Override
    public Step visitMap(CborMap value) {
      return () -> {
        json.writeStartObject();
        for (Entry<CborValue, CborValue> entry : value.entries()) {
          json.writeFieldName(
              entry.getKey() instanceof CborBytes key
                  ? text(key.value())
                  : String.valueOf(entry.getKey()).toLowerCase(java.util.Locale.ROOT));
          entry.getValue().accept(this).run();
        }
        json.writeEndObject();
      };
    }

    private void writeItems(Iterable<CborValue> items) throws IOException {
      json.writeStartArray();
      for (CborValue item : items) {
        item.accept(this).run();
      }
      json.writeEndArray();
    }
  }
}

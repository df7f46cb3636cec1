// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborNull;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;
import org.jspecify.annotations.Nullable;

/**
 * Writes a value as Jackson's tokens. A byte string in UTF-8 becomes a text, which can be converted
 * back to the same bytes; any other is embedded as it is.
 */
final class TokenWriter implements CborValue.Visitor<JsonGenerator> {
  private interface Step {
    void write() throws IOException;
  }

  private final JsonGenerator output;

  TokenWriter(JsonGenerator output) {
    this.output = output;
  }

  private JsonGenerator run(Step step) {
    try {
      step.write();
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public JsonGenerator visitNull(CborNull value) {
    return run(output::writeNull);
  }

  @Override
  public JsonGenerator visitBoolean(CborBoolean value) {
    return run(() -> output.writeBoolean(value.value()));
  }

  @Override
  public JsonGenerator visitInteger(CborInteger value) {
    return run(
        () -> {
          if (value.isLong()) {
            output.writeNumber(value.longValueExact());
          } else {
            output.writeNumber(value.toBigInteger());
          }
        });
  }

  @Override
  public JsonGenerator visitBytes(CborBytes value) {
    return run(
        () -> {
          String text = text(value.value());
          if (text == null) {
            output.writeEmbeddedObject(value.value().toByteArray());
          } else {
            output.writeString(text);
          }
        });
  }

  @Override
  public JsonGenerator visitArray(CborArray value) {
    return items(value.items());
  }

  @Override
  public JsonGenerator visitSet(CborSet value) {
    return items(value.members());
  }

  private JsonGenerator items(List<CborValue> items) {
    return run(
        () -> {
          output.writeStartArray();
          items.forEach(item -> item.accept(this));
          output.writeEndArray();
        });
  }

  @Override
  public JsonGenerator visitMap(CborMap value) {
    return run(
        () -> {
          output.writeStartObject();
          for (Map.Entry<CborValue, CborValue> entry : value.entries()) {
            String name = entry.getKey() instanceof CborBytes bytes ? text(bytes.value()) : null;
            if (name == null) {
              throw new IOException("a key of a map is not a byte string in UTF-8");
            }
            output.writeFieldName(name);
            entry.getValue().accept(this);
          }
          output.writeEndObject();
        });
  }

  private static @Nullable String text(ByteString bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.asByteBuffer()).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}

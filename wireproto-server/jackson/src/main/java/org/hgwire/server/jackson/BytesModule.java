// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;

/** Maps byte strings as they are, without the Base64 of JSON. */
final class BytesModule {
  private BytesModule() {}

  static Module create() {
    return new SimpleModule("hgwire")
        .addDeserializer(byte[].class, reader(bytes -> bytes))
        .addDeserializer(ByteString.class, reader(ByteString::copyOf))
        .addDeserializer(Node.class, reader(bytes -> Node.of(ByteString.copyOf(bytes))))
        .addDeserializer(String.class, new TextReader())
        .addSerializer(ByteString.class, writer(ByteString::toByteArray))
        .addSerializer(Node.class, writer(Node::toByteArray));
  }

  private static <T> JsonDeserializer<T> reader(Function<byte[], T> make) {
    return new JsonDeserializer<>() {
      @Override
      public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        try {
          return make.apply(bytes(parser, context));
        } catch (IllegalArgumentException e) {
          return context.reportInputMismatch(this, "%s", e.getMessage());
        }
      }

      private byte[] bytes(JsonParser parser, DeserializationContext context) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
          return parser.getText().getBytes(StandardCharsets.UTF_8);
        }
        if (parser.currentToken() == JsonToken.VALUE_EMBEDDED_OBJECT) {
          return parser.getBinaryValue();
        }
        return context.reportInputMismatch(this, "expected a byte string");
      }
    };
  }

  private static <T> JsonSerializer<T> writer(Function<T, byte[]> bytes) {
    return new JsonSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator output, SerializerProvider provider)
          throws IOException {
        output.writeBinary(bytes.apply(value));
      }
    };
  }

  /** Accepts a text in UTF-8 only; anything else is refused. */
  private static final class TextReader extends JsonDeserializer<String> {
    @Override
    public String deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return parser.currentToken() == JsonToken.VALUE_STRING
          ? parser.getText()
          : context.reportInputMismatch(String.class, "expected a byte string in UTF-8");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborNull;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.server.command.Command;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.ObjectSources;
import org.jspecify.annotations.Nullable;

/**
 * Maps objects to values of Mercurial's CBOR subset and back, and makes commands of it. On the
 * wire, names and texts are byte strings in UTF-8; {@code byte[]}, {@link ByteString} and {@link
 * org.hgwire.core.command.Node} are byte strings as they are; a set is read as an array. Safe for
 * use by several threads.
 */
public final class JacksonBridge {
  private final ObjectMapper mapper;

  private JacksonBridge(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** Returns a bridge that maps as {@code mapper} does now; later changes of it have no effect. */
  public static JacksonBridge of(ObjectMapper mapper) {
    return new JacksonBridge(mapper.copy().registerModule(BytesModule.create()));
  }

  /**
   * Returns a command, to be declared with {@link
   * org.hgwire.server.command.CommandDefinition.Builder#runs}. Arguments that do not fit the type
   * are refused as the client's error.
   *
   * @param type the type that the arguments are mapped to
   * @param work returns the response
   */
  public <A> Command command(Class<A> type, JacksonCommand<A> work) {
    return call -> ObjectSources.of(toCbor(work.run(call, arguments(call.arguments(), type))));
  }

  private <A> A arguments(CborMap arguments, Class<A> type) {
    try {
      return fromCbor(arguments, type);
    } catch (IllegalArgumentException e) {
      throw new CommandException("the arguments do not fit the types that the command expects");
    }
  }

  /**
   * Returns the value of an object; that of null is the null of CBOR.
   *
   * @throws IllegalArgumentException if the object cannot be mapped, or has a number other than an
   *     integer of 64 bits and a sign
   */
  public CborValue toCbor(@Nullable Object object) {
    try (TokenBuffer tokens = new TokenBuffer(mapper, false)) {
      mapper.writeValue(tokens, object);
      try (JsonParser parser = tokens.asParser(mapper)) {
        parser.nextToken();
        return value(parser);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("the object cannot be mapped: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the object of a value.
   *
   * @throws IllegalArgumentException if the value does not fit the type, or is null
   */
  public <T> T fromCbor(CborValue value, Class<T> type) {
    try (TokenBuffer tokens = new TokenBuffer(mapper, false)) {
      value.accept(new TokenWriter(tokens));
      try (JsonParser parser = tokens.asParser(mapper)) {
        T object = mapper.readValue(parser, type);
        if (object == null) {
          throw new IllegalArgumentException("null is not a " + type.getSimpleName());
        }
        return object;
      }
    } catch (IOException | UncheckedIOException e) {
      throw new IllegalArgumentException(
          "the value does not fit " + type.getSimpleName() + ": " + e.getMessage(), e);
    }
  }

  /** Reads the value that begins with the current token, up to its last token. */
  private static CborValue value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> map(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> CborBytes.utf8(parser.getText());
      case VALUE_NUMBER_INT -> CborInteger.of(parser.getBigIntegerValue());
      case VALUE_TRUE -> CborBoolean.of(true);
      case VALUE_FALSE -> CborBoolean.of(false);
      case VALUE_NULL -> CborNull.NULL;
      case VALUE_EMBEDDED_OBJECT -> new CborBytes(ByteString.copyOf(parser.getBinaryValue()));
      default ->
          throw new IllegalArgumentException(
              "Mercurial's CBOR cannot express the value " + parser.getText());
    };
  }

  private static CborValue map(JsonParser parser) throws IOException {
    CborMap.Builder map = CborMap.builder();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      map.put(name, value(parser));
    }
    return map.build();
  }

  private static CborValue array(JsonParser parser) throws IOException {
    List<CborValue> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return new CborArray(items);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object of a configuration file. A field that is missing, unknown or of another
 * type is an {@link IllegalArgumentException} that names the file and the field.
 */
final class JsonFields {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String file;
  private final String prefix;
  private final JsonNode object;
  private final Set<String> read = new HashSet<>();

  private JsonFields(String file, String path, JsonNode object) {
    this.file = file;
    this.prefix = path.isEmpty() ? "" : path + ".";
    this.object = object;
    if (!object.isObject()) {
      throw new IllegalArgumentException(
          file + ": " + (path.isEmpty() ? "the file" : path) + " is not an object");
    }
  }

  /**
   * Reads a file that holds one object.
   *
   * @throws IOException if it cannot be read
   */
  static JsonFields of(Path file) throws IOException {
    byte[] text;
    try (InputStream in = NamedInput.open(file)) {
      text = in.readAllBytes();
    }
    try {
      return new JsonFields(file.toString(), "", JSON.readTree(text));
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
      throw new IllegalArgumentException(
          file + where + ": not JSON: " + Failure.firstLine(e.getOriginalMessage()), e);
    }
  }

  /** Returns whether there is such a field. */
  boolean has(String name) {
    return object.has(name);
  }

  /** Returns a required string. */
  String text(String name) {
    String text = optionalText(name);
    if (text == null) {
      throw wrong(name, "is missing");
    }
    return text;
  }

  /** Returns a string, or {@code absent} if there is none. */
  String text(String name, String absent) {
    String text = optionalText(name);
    return text == null ? absent : text;
  }

  /** Returns a string, or null if there is none. */
  @Nullable String optionalText(String name) {
    JsonNode node = field(name);
    if (node != null && (!node.isTextual() || node.textValue().isEmpty())) {
      throw wrong(name, "is not a non-empty string");
    }
    return node == null ? null : node.textValue();
  }

  /** Returns the strings of an array, or {@code absent} if there is none. */
  List<String> texts(String name, List<String> absent) {
    JsonNode node = field(name);
    if (node == null) {
      return absent;
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode item : items(name, node)) {
      if (!item.isTextual() || item.textValue().isEmpty()) {
        throw wrong(name, "is not an array of non-empty strings");
      }
      texts.add(item.textValue());
    }
    return List.copyOf(texts);
  }

  /** Returns a boolean, false if there is none. */
  boolean flag(String name) {
    JsonNode node = field(name);
    if (node != null && !node.isBoolean()) {
      throw wrong(name, "is neither true nor false");
    }
    return node != null && node.booleanValue();
  }

  /** Returns a whole number from {@code min} to {@code max}, or {@code absent} if there is none. */
  long number(String name, long min, long max, long absent) {
    JsonNode node = field(name);
    if (node == null) {
      return absent;
    }
    if (!node.isIntegralNumber()
        || !node.canConvertToLong()
        || node.longValue() < min
        || node.longValue() > max) {
      throw wrong(name, "is not a whole number from " + min + " to " + max);
    }
    return node.longValue();
  }

  /** Returns an object, or null if there is none. */
  @Nullable JsonFields optionalObject(String name) {
    JsonNode node = field(name);
    return node == null ? null : new JsonFields(file, prefix + name, node);
  }

  /** Returns the objects of a required array that is not empty. */
  List<JsonFields> objects(String name) {
    JsonNode node = field(name);
    if (node == null || node.isEmpty()) {
      throw wrong(name, "is missing");
    }
    List<JsonFields> objects = new ArrayList<>();
    for (JsonNode item : items(name, node)) {
      objects.add(new JsonFields(file, prefix + name + "[" + objects.size() + "]", item));
    }
    return objects;
  }

  /** Checks that every field was read. */
  void requireNothingElse() {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!read.contains(name)) {
                throw wrong(
                    name, "is unknown; the known fields are " + String.join(", ", sorted(read)));
              }
            });
  }

  /** Returns the exception for a field. */
  IllegalArgumentException wrong(String name, String what) {
    return new IllegalArgumentException(file + ": " + prefix + name + " " + what);
  }

  private JsonNode items(String name, JsonNode node) {
    if (!node.isArray()) {
      throw wrong(name, "is not an array");
    }
    return node;
  }

  private @Nullable JsonNode field(String name) {
    read.add(name);
    return object.get(name);
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }
}

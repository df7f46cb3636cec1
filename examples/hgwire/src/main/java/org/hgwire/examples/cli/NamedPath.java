// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;

/**
 * A path, alone or with the name of a repository: {@code PATH} or {@code NAME=PATH}. A path that
 * has an equals sign itself begins with a dot or a slash.
 *
 * @param name the name, without slashes at its ends; null if the path is alone
 */
record NamedPath(@Nullable String name, Path path) {
  /** Reads {@code [NAME=]PATH}. */
  static NamedPath parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 0 || text.startsWith("/") || text.startsWith(".")) {
      return new NamedPath(null, path(text));
    }
    String name = text.substring(0, equals).replaceAll("^/+|/+$", "");
    return new NamedPath(name, path(text.substring(equals + 1)));
  }

  private static Path path(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a path is empty; write [NAME=]PATH");
    }
    return Path.of(text);
  }

  /** Reads the value of an option. */
  static final class Converter implements ITypeConverter<NamedPath> {
    @Override
    public NamedPath convert(String text) {
      return parse(text);
    }
  }
}

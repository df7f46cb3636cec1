// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.version1;

import java.util.HashMap;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.ComparableKeys;
import org.hgwire.core.PeerText;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one command of version 1, by name. A command ignores those that it does not
 * know. Immutable.
 */
public final class Version1Arguments {
  private final Map<String, ByteString> values;

  private Version1Arguments(Map<String, ByteString> values) {
    this.values = values;
  }

  /** Begins arguments of which no more than {@link WireLimit#MAX_ARGUMENTS} are accepted. */
  public static Builder builder(WireLimits limits) {
    return new Builder(limits.intOf(WireLimit.MAX_ARGUMENTS));
  }

  /** Returns an argument, or null if it was not sent. */
  public @Nullable ByteString find(String name) {
    return values.get(name);
  }

  /**
   * Returns an argument.
   *
   * @throws MalformedArgumentsException if it was not sent
   */
  public ByteString require(String name) {
    ByteString value = values.get(name);
    if (value == null) {
      throw new MalformedArgumentsException("the argument \"" + name + "\" is missing");
    }
    return value;
  }

  /** Returns all arguments. */
  public Map<String, ByteString> values() {
    return values;
  }

  /** Returns the names alone: values may be long. */
  @Override
  public String toString() {
    return "Version1Arguments" + values.keySet();
  }

  /**
   * Collects arguments, from wherever a transport finds them. Not safe for use by several threads.
   */
  public static final class Builder {
    private final Map<String, ByteString> values = new HashMap<>();
    private final int max;

    private Builder(int max) {
      this.max = max;
    }

    /**
     * Adds an argument.
     *
     * @throws MalformedArgumentsException if it was added before, or there are too many
     */
    public Builder put(ByteString name, ByteString value) {
      if (values.size() == max) {
        throw new MalformedArgumentsException(
            "the command has more than " + max + " arguments (" + WireLimit.MAX_ARGUMENTS + ")");
      }
      String key = name.utf8();
      if (values.putIfAbsent(key, value) != null) {
        throw new MalformedArgumentsException(
            "the argument \"" + PeerText.excerpt(key) + "\" is sent twice");
      }
      return this;
    }

    /** Returns the arguments. */
    public Version1Arguments build() {
      return new Version1Arguments(ComparableKeys.mapOf(values));
    }
  }
}

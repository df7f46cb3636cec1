// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hgwire.conformance.cases.Expectation.Condition;
import org.hgwire.conformance.exchange.BundleContents;
import org.hgwire.conformance.exchange.ServerAnswer;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.bundle.ChangegroupVersion;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/** What is expected of bundles, and of the compression of responses of version 1. */
final class BundleConditions {
  private final KnownNodes names;

  BundleConditions(KnownNodes names) {
    this.names = names;
  }

  /** {@code bundle}. */
  static @Nullable String bundle(ServerAnswer answer) {
    return mismatch(answer, contents -> null);
  }

  /** {@code changesets N}. */
  static Condition changesets(String operand) {
    int expected = Integer.parseInt(operand);
    return of(
        contents ->
            contents.changesets().size() == expected
                ? null
                : "it has " + contents.changesets().size() + " changesets, not " + expected);
  }

  /** {@code nodes NAME,NAME…}. */
  Condition nodes(String operand) {
    List<Node> expected = words(operand).map(names::get).sorted().toList();
    return of(
        contents -> {
          List<Node> nodes = contents.changesets().stream().sorted().toList();
          return nodes.equals(expected)
              ? null
              : "its changesets are " + nodes + ", not " + expected;
        });
  }

  /** {@code parts NAME,NAME…}. */
  static Condition parts(String operand) {
    List<String> expected = words(operand).sorted().toList();
    return of(
        contents -> {
          List<String> parts =
              contents.parts().stream()
                  .map(name -> name.toLowerCase(Locale.ROOT))
                  .sorted()
                  .toList();
          return parts.equals(expected) ? null : "its parts are " + parts + ", not " + expected;
        });
  }

  /** {@code version NN}. */
  static Condition version(String operand) {
    return of(
        contents -> {
          ChangegroupVersion version = contents.version();
          String text = version == null ? "none" : version.text();
          return text.equals(operand)
              ? null
              : "the version of its changegroup is " + text + ", not " + operand;
        });
  }

  /** {@code media 0.1|0.2 COMPRESSION}. */
  static Condition media(String operand) {
    return answer -> {
      try {
        String media = answer.version1().media() + " " + answer.version1().compression();
        return media.equals(operand) ? null : "it comes as \"" + media + "\", not " + operand;
      } catch (WireProtocolException e) {
        return e.getMessage();
      }
    };
  }

  /** {@code phases PHASE:NAME,…}. */
  Condition phases(String operand) {
    List<String> expected =
        words(operand)
            .map(head -> head.split(":", 2))
            .map(head -> head[0] + ":" + names.get(head[1]).hex())
            .sorted()
            .toList();
    return of(
        contents -> {
          List<String> heads = contents.phaseHeads().stream().sorted().toList();
          return heads.equals(expected)
              ? null
              : "its heads of phases are " + heads + ", not " + expected;
        });
  }

  /** {@code keys NAMESPACE KEY=VALUE…}. */
  static Condition keys(String operand) {
    String[] words = operand.split(" ");
    Map<String, String> expected = new TreeMap<>();
    for (String word : Arrays.asList(words).subList(1, words.length)) {
      int equals = word.indexOf('=');
      expected.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return of(
        contents -> {
          Map<String, String> keys = contents.keys(words[0]);
          return expected.equals(keys)
              ? null
              : "its keys of " + words[0] + " are " + keys + ", not " + expected;
        });
  }

  private static Stream<String> words(String operand) {
    return operand.isEmpty() ? Stream.of() : Arrays.stream(operand.split(","));
  }

  private static Condition of(Function<BundleContents, @Nullable String> condition) {
    return answer -> mismatch(answer, condition);
  }

  private static @Nullable String mismatch(
      ServerAnswer answer, Function<BundleContents, @Nullable String> condition) {
    if (answer.http().broken() != null) {
      return "the response is cut: " + answer.http().broken();
    }
    try {
      return condition.apply(answer.bundle());
    } catch (WireProtocolException e) {
      return "the bundle cannot be read: " + e.getMessage();
    }
  }
}

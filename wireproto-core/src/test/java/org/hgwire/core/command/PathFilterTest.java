// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.hgwire.core.command.Notation.assertFault;
import static org.hgwire.core.command.Notation.value;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathFilterTest {
  private static List<ByteString> list(String... rules) {
    return Arrays.stream(rules).map(ByteString::utf8).toList();
  }

  private static boolean includes(String rule, String path) {
    return PathFilter.of(list(rule), List.of()).matches(ByteString.utf8(path));
  }

  /** Each row was tried with Mercurial 5.6.1, except those with files that it does not have. */
  @ParameterizedTest
  @CsvSource({
    "path:d/e/x, d/e/x, true",
    "path:d/e/x/, d/e/x, true",
    "path:d/e, d/e/x, true",
    "path:d, d/e/x, true",
    "path:d/, d/e/x, true",
    "path:d, da, false",
    "path:d, d.txt, false",
    "path:d, e/d, false",
    "path:d/e/x, d/e, false",
    "path:, run, true",
    "path:., d/e/x, true",
    "path:./d, d/e/x, true",
    "path:d//e, d/e/x, true",
    "path:q/../d, d/e/x, true",
    "path:q/../../d, d/e/x, false",
    "path:../../d, d/e/x, false",
    "path:/d, d/e/x, false",
    "path:/d/e, d/e/x, false",
    "rootfilesin:, run, true",
    "rootfilesin:., run, true",
    "rootfilesin:., d/e/x, false",
    "rootfilesin:d/e, d/e/x, true",
    "rootfilesin:d/e/, d/e/x, true",
    "rootfilesin:d, d/e/x, false",
    "rootfilesin:d, d, false",
  })
  void matchesAsMercurialDoes(String rule, String path, boolean matches) {
    assertThat(includes(rule, path)).isEqualTo(matches);
  }

  @Property
  void ruleMatchesPathAndWhatIsBelow(
      @ForAll List<@StringLength(max = 4) @Chars({'a', '/', '!', '0'}) String> rules,
      @ForAll List<@StringLength(max = 6) @Chars({'a', '/', '!', '0'}) String> paths) {
    List<String> clean = rules.stream().filter(PathFilterTest::isNormal).toList();
    PathFilter filter =
        PathFilter.including(clean.stream().map("path:"::concat).toArray(String[]::new));
    for (String path : paths) {
      boolean matched =
          clean.isEmpty()
              || clean.stream()
                  .anyMatch(
                      rule -> rule.isEmpty() || path.equals(rule) || path.startsWith(rule + "/"));
      assertThat(filter.matches(ByteString.utf8(path)))
          .as("%s in %s", path, clean)
          .isEqualTo(matched);
    }
  }

  private static boolean isNormal(String rule) {
    return !rule.startsWith("/") && !rule.endsWith("/") && !rule.contains("//");
  }

  @Test
  @Timeout(10)
  void pathOfManyDirectoriesTakesAsLongAsAnyOther() {
    PathFilter filter =
        PathFilter.of(list("path:b", "rootfilesin:c"), list("path:d", "rootfilesin:e"));
    ByteString path = ByteString.utf8("a/".repeat(500_000) + "f");
    for (int i = 0; i < 10; i++) {
      assertThat(filter.matches(path)).isFalse();
    }
  }

  @Test
  void subtractsExcludeFromInclude() {
    PathFilter filter =
        PathFilter.of(list("path:a", "path:b", "rootfilesin:c"), list("path:a/x", "rootfilesin:b"));
    assertThat(filter.matches(ByteString.utf8("a/y"))).isTrue();
    assertThat(filter.matches(ByteString.utf8("a/x/y"))).isFalse();
    assertThat(filter.matches(ByteString.utf8("b/y"))).isFalse();
    assertThat(filter.matches(ByteString.utf8("b/y/z"))).isTrue();
    assertThat(filter.matches(ByteString.utf8("c/y"))).isTrue();
    assertThat(filter.matches(ByteString.utf8("d"))).isFalse();
  }

  @Test
  void withoutIncludeEveryPathIsRelevant() {
    assertThat(PathFilter.read(value("{}"))).isEqualTo(PathFilter.everything());
    assertThat(PathFilter.read(value("{'include':[]}"))).isEqualTo(PathFilter.everything());
    assertThat(PathFilter.everything().matches(ByteString.utf8("a"))).isTrue();
    PathFilter filter = PathFilter.read(value("{'exclude':['path:d'],'bogus':1}"));
    assertThat(filter.matches(ByteString.utf8("a"))).isTrue();
    assertThat(filter.matches(ByteString.utf8("d/a"))).isFalse();
  }

  @Test
  void roundTrips() {
    String text = "{'include':['path:a','rootfilesin:b'],'exclude':['path:a/c']}";
    PathFilter filter = PathFilter.read(value(text));
    assertThat(filter.toCbor()).isEqualTo(value(text));
    assertThat(filter.include()).isEqualTo(list("path:a", "rootfilesin:b"));
    assertThat(filter.exclude()).isEqualTo(list("path:a/c"));
    assertThat(PathFilter.everything().toCbor()).isEqualTo(CborMap.empty());
    assertThat(filter)
        .isEqualTo(PathFilter.of(filter.include(), filter.exclude()))
        .hasSameHashCodeAs(PathFilter.of(filter.include(), filter.exclude()))
        .isNotEqualTo(PathFilter.of(filter.include(), List.of()))
        .isNotEqualTo(PathFilter.everything())
        .isNotEqualTo("filter")
        .hasToString("PathFilter[include=[path:a, rootfilesin:b], exclude=[path:a/c]]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "[]|it is an array, not a map",
        "{'include':'path:a'}|include is a byte string",
        "{'include':[1]}|include is an integer",
        "{'include':['glob:*']}|include holds glob:*",
        "{'exclude':['a.txt']}|exclude holds a.txt",
        "{'include':['re:(a+)+$']}|include holds re:",
        "{'include':[h'']}|include holds",
      })
  void refusesOtherRules(String text, String message) {
    assertFault(WireErrorCode.BAD_REQUEST, message, () -> PathFilter.read(value(text)));
  }

  @Test
  void ruleMayHave64KibibytesAndNoMore() {
    String rule = "path:" + "a".repeat(64 * 1024 - "path:".length());
    assertThat(PathFilter.read(value("{'include':['" + rule + "']}")).include()).hasSize(1);
    for (String key : List.of("include", "exclude")) {
      assertFault(
          WireErrorCode.LIMIT,
          "a rule of " + key + " has 65537 bytes",
          () -> PathFilter.read(value("{'" + key + "':['path:a','" + rule + "b']}")));
    }
    assertFault(
        WireErrorCode.LIMIT,
        "exceeds the limit of 6",
        () ->
            PathFilter.read(
                value("{'include':['path:ab']}"),
                WireLimits.defaults().with(WireLimit.MAX_PATH_RULE, 6)));
  }

  @Test
  void wrongRuleIsAnIllegalArgument() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PathFilter.of(list("glob:*"), List.of()))
        .withMessageContaining("glob:*");
  }

  @Test
  void manyRulesAreLookedUp() {
    List<ByteString> rules =
        IntStream.range(0, 100_000).mapToObj(i -> ByteString.utf8("path:dir" + i + "/f")).toList();
    PathFilter filter = PathFilter.of(rules, List.of());
    long matched =
        IntStream.range(0, 200_000)
            .filter(i -> filter.matches(ByteString.utf8("dir" + i + "/f/g")))
            .count();
    assertThat(matched).isEqualTo(100_000);
  }

  @Property
  void aRuleMatchesWhatEqualsItOrIsBelow(
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(min = 1, max = 2) String directory,
      @ForAll @Size(max = 3)
          List<@CharRange(from = 'a', to = 'c') @StringLength(min = 1, max = 2) String> names) {
    String path = String.join("/", names);
    boolean below = !names.isEmpty() && names.get(0).equals(directory);
    assertThat(includes("path:" + directory, path)).isEqualTo(below);
    assertThat(includes("rootfilesin:" + directory, path)).isEqualTo(below && names.size() == 2);
  }
}

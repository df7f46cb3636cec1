// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.hgwire.core.command.Notation.NODE_A;
import static org.hgwire.core.command.Notation.NODE_B;
import static org.hgwire.core.command.Notation.assertFault;
import static org.hgwire.core.command.Notation.value;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.command.RevisionSpecifier.ChangesetDagRange;
import org.hgwire.core.command.RevisionSpecifier.ChangesetExplicit;
import org.hgwire.core.command.RevisionSpecifier.ChangesetExplicitDepth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RevisionSpecifierTest {
  static Stream<Arguments> specifiers() {
    return Stream.of(
        arguments(
            new ChangesetExplicit(List.of(NODE_A, NODE_B)),
            "{'type':'changesetexplicit','nodes':[$A,$B]}",
            "explicit"),
        arguments(
            new ChangesetExplicitDepth(List.of(NODE_A), 3),
            "{'type':'changesetexplicitdepth','nodes':[$A],'depth':3}",
            "depth"),
        arguments(
            new ChangesetDagRange(List.of(), List.of(NODE_B)),
            "{'type':'changesetdagrange','roots':[],'heads':[$B]}",
            "range"));
  }

  @ParameterizedTest
  @MethodSource("specifiers")
  void roundTrips(RevisionSpecifier specifier, String text, String visited) {
    assertThat(specifier.toCbor()).isEqualTo(value(text));
    assertThat(RevisionSpecifier.read(value(text))).isEqualTo(specifier);
    assertThat(RevisionSpecifier.readAll(RevisionSpecifier.toCbor(List.of(specifier))))
        .containsExactly(specifier);
    assertThat(specifier.accept(new NameOfType())).isEqualTo(visited);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "[]|it is an array, not a map",
        "{}|type is missing",
        "{'type':1}|type is an integer",
        "{'type':'nope'}|the type nope is unknown",
        "{'type':'changesetexplicit'}|nodes is missing",
        "{'type':'changesetexplicit','nodes':'x'}|nodes is a byte string, not an array",
        "{'type':'changesetexplicit','nodes':[h'00']}|a node of 1 bytes",
        "{'type':'changesetexplicitdepth','nodes':[$A]}|depth is missing",
        "{'type':'changesetexplicitdepth','nodes':[$A],'depth':-1}|depth is an integer, not an uns",
        "{'type':'changesetexplicitdepth','nodes':[$A],'depth':true}|depth is a boolean",
        "{'type':'changesetexplicitdepth','nodes':[$A],'depth':18446744073709551615}|fit in 64 signed bits",
        "{'type':'changesetdagrange','heads':[$A]}|roots is missing",
        "{'type':'changesetdagrange','roots':[]}|heads is missing",
      })
  void refusesMalformedSpecifiers(String text, String message) {
    assertFault(WireErrorCode.BAD_REQUEST, message, () -> RevisionSpecifier.read(value(text)));
  }

  @Test
  void rangeWithoutHeadsIsEmpty() {
    assertThat(RevisionSpecifier.read(value("{'type':'changesetdagrange','roots':[],'heads':[]}")))
        .isEqualTo(new RevisionSpecifier.ChangesetDagRange(List.of(), List.of()));
  }

  @Test
  void depthIsNotNegative() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChangesetExplicitDepth(List.of(), -1));
  }

  private static final class NameOfType implements RevisionSpecifier.Visitor<String> {
    @Override
    public String visitExplicit(ChangesetExplicit specifier) {
      return "explicit";
    }

    @Override
    public String visitExplicitDepth(ChangesetExplicitDepth specifier) {
      return "depth";
    }

    @Override
    public String visitDagRange(ChangesetDagRange specifier) {
      return "range";
    }
  }
}

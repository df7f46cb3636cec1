// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborNull;
import org.hgwire.core.cbor.DiagnosticNotation;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.ArgumentType;
import org.hgwire.core.command.CommandDescriptor;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class CallCommandTest {
  private static final CommandDescriptor DESCRIPTOR = descriptor();

  private static HgWireServer server;

  @BeforeAll
  static void start() throws IOException {
    server =
        HgWireServer.builder(
                ServerOptions.builder(RepositoryResolver.atRoot(DemoRepository.create())).build())
            .start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static CommandDescriptor descriptor() {
    Map<ByteString, ArgumentDescriptor> arguments = new LinkedHashMap<>();
    for (ArgumentType type : ArgumentType.values()) {
      arguments.put(type.wireName(), ArgumentDescriptor.optional(type, CborNull.NULL));
    }
    arguments.put(
        ByteString.utf8("own"),
        new ArgumentDescriptor(ByteString.utf8("of-the-server"), false, null, null));
    return CommandDescriptor.of(arguments, List.of(CommandDescriptor.PULL));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "bytes=92498 | b'92498'",
        "bytes=true | b'true'",
        "bytes=null | b'null'",
        "bytes=[1] | b'[1]'",
        "bytes= | b''",
        "bytes=a=b | b'a=b'",
        "bytes=it's | b'it\\'s'",
        "bytes=h'ff00' | h'ff00'",
        "bytes='true' | b'true'",
        "bytes=b'\\x00' | h'00'",
        "bytes='h\\'61\\'' | b'h\\'61\\''",
        "bool=true | true",
        "int=92498 | 92498",
        "list=[h'61', 'b'] | [h'61',h'62']",
        "set=['a'] | [h'61']",
        "set=258(['a']) | 258([h'61'])",
        "dict={'a': ['b']} | {h'61':[h'62']}",
        "dict=null | null",
        "own=true | true",
        "own=text | b'text'",
      })
  void argumentsHaveTheDeclaredType(String given, String expected) {
    CborMap read = CallArguments.of(List.of(given)).typed("x", DESCRIPTOR);
    String name = given.substring(0, given.indexOf('='));
    assertThat(read.get(name)).isEqualTo(DiagnosticNotation.parse(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=h'6'",
        "bool=maybe",
        "bool=1",
        "int=true",
        "int=1.5",
        "list=a",
        "list={}",
        "set=1",
        "dict=[",
      })
  void anArgumentOfAnotherTypeIsRefused(String given) {
    assertThatThrownBy(() -> CallArguments.of(List.of(given)).typed("x", DESCRIPTOR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(\\w+) is of the type \\1, which is given as .+, not .*");
  }

  @Test
  void anArgumentThatIsGivenTwiceIsRefused() {
    CommandLineRun run = call("lookup", "key=a", "key=a");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEqualToIgnoringNewLines("hgwire: the argument key is given twice");
  }

  @Test
  void aNumberIsLookedUpAsText() {
    CommandLineRun run = call("lookup", "key=92498");
    assertThat(run.err()).contains("unknown revision '92498'");
  }

  @Test
  void anUnknownArgumentListsThoseOfTheCommand() {
    CommandLineRun run = call("heads", "publiconyl=true");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines())
        .containsExactly(
            "hgwire: the command heads has no argument \"publiconyl\" (did you mean publiconly?);"
                + " its arguments are:",
            "  publiconly   bool   default false");
  }

  @Test
  void anUnknownCommandListsThoseOfTheServer() {
    CommandLineRun run = call("head");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines())
        .startsWith(
            "hgwire: the server has no command \"head\" (did you mean heads?); its commands are:")
        .contains("  heads", "  filesdata");
  }

  @Test
  void withoutACommandListsWhatTheServerHas() {
    CommandLineRun run = call();
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .containsSequence("heads (pull)", "  publiconly   bool   default false")
        .containsSequence("lookup (pull)", "  key          bytes  required")
        .contains(
            "pushkey (push)",
            "  fields       set    default 258([]), of bookmarks, parents, phase, revision");
  }

  @Test
  void theListIsJsonToo() throws Exception {
    JsonNode list = new ObjectMapper().readTree(call("--json").out());
    JsonNode key = list.path("lookup").path("args").path("key");
    assertThat(key.path("type").textValue()).isEqualTo("bytes");
    assertThat(key.path("required").booleanValue()).isTrue();
    assertThat(list.path("pushkey").path("permissions").get(0).textValue()).isEqualTo("push");
  }

  private static CommandLineRun call(String... arguments) {
    List<String> all = new ArrayList<>(List.of("call", "http://127.0.0.1:" + server.port() + "/"));
    all.addAll(List.of(arguments));
    return CommandLineRun.of(all.toArray(String[]::new));
  }
}

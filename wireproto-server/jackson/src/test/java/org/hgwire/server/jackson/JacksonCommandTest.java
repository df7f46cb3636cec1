// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborNull;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.ArgumentType;
import org.hgwire.core.command.Node;
import org.hgwire.server.CommandRegistry;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.Permission;
import org.hgwire.server.command.ResponseObject;
import org.hgwire.server.command.standard.Callers;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.Test;

/** A host's own command that accepts and returns mapped objects. */
class JacksonCommandTest {
  record Question(String name, Node node, List<Long> numbers) {}

  record Finding(
      boolean present, int count, ByteString node, String greeting, List<Long> numbers) {}

  private final JacksonBridge bridge = JacksonBridge.of(new ObjectMapper());
  private final MemoryRepository repository = MemoryRepository.publishing();
  private final Node changeset = repository.commit().message("one").commit();
  private final CommandRegistry registry =
      ServerOptions.builder(RepositoryResolver.atRoot(repository))
          .command(
              CommandDefinition.named("acme.ask")
                  .permission(Permission.PULL)
                  .argument("name", ArgumentDescriptor.required(ArgumentType.BYTES))
                  .argument("node", ArgumentDescriptor.required(ArgumentType.BYTES))
                  .argument(
                      "numbers", ArgumentDescriptor.optional(ArgumentType.LIST, CborArray.of()))
                  .runs(
                      bridge.command(
                          Question.class,
                          (call, question) -> {
                            try (RepositorySnapshot snapshot = call.repository().snapshot()) {
                              return new Finding(
                                  snapshot.changesets().revision(question.node()) >= 0,
                                  snapshot.changesets().count(),
                                  question.node().toByteString(),
                                  "hello " + question.name(),
                                  question.numbers());
                            }
                          })))
          .build()
          .registry();

  private CborValue ask(CborMap arguments) throws Exception {
    CommandDefinition definition = Objects.requireNonNull(registry.find("acme.ask"));
    try (ObjectSource source =
        Objects.requireNonNull(definition.command())
            .run(new CommandCall(Callers.ANYBODY, repository, definition.check(arguments)))) {
      ResponseObject object = Objects.requireNonNull(source.next());
      assertThat(source.next()).isNull();
      assertThat(object).isInstanceOf(ResponseObject.Value.class);
      return ((ResponseObject.Value) object).value();
    }
  }

  @Test
  void commandAcceptsAndReturnsMappedObjects() throws Exception {
    CborMap arguments =
        CborMap.builder()
            .put("name", ByteString.utf8("wörld"))
            .put("node", changeset.toByteString())
            .put("numbers", CborArray.of(CborInteger.of(-1), CborInteger.of(1L << 40)))
            .build();
    assertThat(ask(arguments))
        .isEqualTo(
            CborMap.builder()
                .put("present", true)
                .put("count", 1)
                .put("node", changeset.toByteString())
                .put("greeting", ByteString.utf8("hello wörld"))
                .put("numbers", CborArray.of(CborInteger.of(-1), CborInteger.of(1L << 40)))
                .build());
  }

  @Test
  void argumentsThatDoNotFitAreTheClientsError() {
    CborMap shortNode =
        CborMap.builder()
            .put("name", ByteString.utf8("x"))
            .put("node", ByteString.utf8("short"))
            .build();
    assertThatThrownBy(() -> ask(shortNode)).isInstanceOf(CommandException.class);
    CborMap notText =
        CborMap.builder()
            .put("name", ByteString.fromHex("ff"))
            .put("node", changeset.toByteString())
            .build();
    assertThatThrownBy(() -> ask(notText)).isInstanceOf(CommandException.class);
  }

  @Test
  void bytesAreMappedAsTheyAreTextOrNot() {
    for (String hex : List.of("", "61", "c3a4", "ff00", "00")) {
      ByteString bytes = ByteString.fromHex(hex);
      assertThat(bridge.fromCbor(new CborBytes(bytes), ByteString.class)).isEqualTo(bytes);
      assertThat(bridge.fromCbor(new CborBytes(bytes), byte[].class))
          .isEqualTo(bytes.toByteArray());
      assertThat(bridge.toCbor(bytes)).isEqualTo(new CborBytes(bytes));
      assertThat(bridge.toCbor(bytes.toByteArray())).isEqualTo(new CborBytes(bytes));
    }
  }

  @Test
  void valuesOfEveryTypeAreMapped() {
    BigInteger large = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    assertThat(bridge.toCbor(null)).isEqualTo(CborNull.NULL);
    assertThat(bridge.toCbor(large)).isEqualTo(CborInteger.of(large));
    assertThat(bridge.fromCbor(CborInteger.of(large), BigInteger.class)).isEqualTo(large);
    assertThat(bridge.toCbor(Map.of("k", true)))
        .isEqualTo(CborMap.builder().put("k", CborBoolean.of(true)).build());
    assertThat(
            bridge.fromCbor(
                CborSet.of(List.of(CborBytes.utf8("b"), CborBytes.utf8("a"))), String[].class))
        .containsExactly("b", "a");
  }

  @Test
  void valuesOutsideTheSubsetAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> bridge.toCbor(1.5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bridge.toCbor(BigInteger.ONE.shiftLeft(64)));
    CborMap numberedKey = CborMap.builder().put(CborInteger.of(1), CborNull.NULL).build();
    assertThatIllegalArgumentException().isThrownBy(() -> bridge.fromCbor(numberedKey, Map.class));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborNull;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.ArgumentType;
import org.hgwire.core.command.CommandDescriptor;
import org.hgwire.server.command.Command;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.DataCommand;
import org.hgwire.server.command.ObjectSources;
import org.hgwire.server.command.Permission;
import org.hgwire.server.command.standard.Callers;
import org.hgwire.server.command.standard.Calls;
import org.hgwire.server.command.standard.Registries;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.Test;

/** The commands of a server, and how their declarations are enforced and advertised. */
class CommandRegistryTest {
  private final CommandDefinition definition =
      CommandDefinition.named("acme")
          .permission(Permission.PUSH)
          .argument("must", ArgumentDescriptor.required(ArgumentType.BYTES))
          .argument("count", ArgumentDescriptor.optional(ArgumentType.INT, CborInteger.of(7)))
          .argument(
              "kinds",
              ArgumentDescriptor.optional(ArgumentType.SET, CborSet.of(List.of()))
                  .withValidValues(List.of(ByteString.utf8("a"), ByteString.utf8("b"))))
          .extra("acmekey", CborInteger.of(1))
          .runs(call -> ObjectSources.of(call.arguments()));

  private void refused(CborMap arguments, String... words) {
    assertThatThrownBy(() -> definition.check(arguments))
        .isInstanceOf(CommandException.class)
        .hasMessageContainingAll(words);
  }

  private static CborMap.Builder must() {
    return CborMap.builder().put("must", ByteString.utf8("x"));
  }

  @Test
  void defaultsOfAbsentArgumentsAreFilledIn() {
    assertThat(definition.check(must().build()))
        .isEqualTo(must().put("count", 7).put("kinds", CborSet.of(List.of())).build());
    assertThat(definition.check(must().put("count", 8).build()).get("count"))
        .isEqualTo(CborInteger.of(8));
  }

  @Test
  void invalidArgumentsAreRefused() {
    refused(must().put("other", 1).build(), "acme", "no argument", "other");
    refused(CborMap.empty(), "acme", "lacks", "must");
    refused(must().put("count", ByteString.utf8("7")).build(), "acme", "count");
    refused(must().put("count", true).build(), "acme", "count");
    refused(
        must().put("kinds", CborArray.of(CborBytes.utf8("a"), CborBytes.utf8("c"))).build(),
        "kinds",
        "valid");
    refused(must().put(CborInteger.of(1), CborNull.NULL).build(), "no argument");
    assertThat(definition.check(must().put("kinds", CborArray.of(CborBytes.utf8("a"))).build()))
        .isNotNull();
  }

  @Test
  void standardCommandsEnforceTheirDeclarations() {
    Calls calls = Calls.on(MemoryRepository.publishing());
    CborMap unknownField =
        CborMap.builder()
            .put("revisions", CborArray.of())
            .put("fields", CborSet.of(List.of(CborBytes.utf8("nope"))))
            .build();
    assertThatThrownBy(() -> calls.objects("changesetdata", unknownField))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("fields");
    for (String name :
        List.of("changesetdata", "filedata", "filesdata", "listkeys", "lookup", "manifestdata")) {
      assertThatThrownBy(() -> calls.objects(name, CborMap.empty()))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("required");
    }
    CborMap badSpecifier = CborMap.builder().put("revisions", CborArray.of(CborNull.NULL)).build();
    assertThatThrownBy(() -> calls.objects("changesetdata", badSpecifier))
        .isInstanceOf(CommandException.class);
    CborMap badFilter =
        CborMap.builder()
            .put("revisions", CborArray.of())
            .put(
                "pathfilter",
                CborMap.builder().put("include", CborArray.of(CborBytes.utf8("re:x"))).build())
            .build();
    assertThatThrownBy(() -> calls.objects("filesdata", badFilter))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("re:x");
  }

  @Test
  void addedCommandIsAdvertised() throws Exception {
    CommandRegistry registry = Registries.of(options -> options.command(definition));
    assertThat(registry.find("acme")).isSameAs(definition);
    assertThat(registry.find(ByteString.utf8("acme"))).isSameAs(definition);
    assertThat(registry.find("other")).isNull();
    CommandDescriptor described =
        Objects.requireNonNull(
            registry.capabilities(Callers.ANYBODY, MemoryRepository.publishing()).command("acme"));
    assertThat(described.permissions()).containsExactly(ByteString.utf8("push"));
    assertThat(described.extras().get("acmekey")).isEqualTo(CborInteger.of(1));
  }

  private static CommandDefinition heads() {
    return CommandDefinition.named("heads").runs(call -> ObjectSources.of(CborNull.NULL));
  }

  @Test
  void namesAreUnique() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Registries.of(options -> options.command(heads())))
        .withMessageContaining("withoutCommand");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Registries.of(options -> options.command(definition).command(definition)))
        .withMessageContaining("acme");
    assertThat(heads().permission()).as("undeclared").isNull();
  }

  @Test
  void standardCommandIsLeftOut() throws Exception {
    CommandRegistry registry =
        Registries.of(options -> options.withoutCommand("pushkey").withoutCommand("capabilities"));
    assertThat(registry.find("pushkey")).isNull();
    Map<ByteString, CommandDescriptor> advertised =
        registry.capabilities(Callers.ANYBODY, MemoryRepository.publishing()).commands();
    assertThat(advertised)
        .doesNotContainKeys(ByteString.utf8("pushkey"), ByteString.utf8("capabilities"))
        .containsKey(ByteString.utf8("heads"));
  }

  @Test
  void standardCommandIsReplaced() {
    CommandDefinition mine = heads();
    for (boolean addedFirst : new boolean[] {true, false}) {
      CommandRegistry registry =
          Registries.of(
              options ->
                  addedFirst
                      ? options.command(mine).withoutCommand("heads")
                      : options.withoutCommand("heads").command(mine));
      assertThat(registry.find("heads")).isSameAs(mine);
    }
  }

  @Test
  void wrappedCommandRunsWrapperAroundOriginal() {
    List<String> ran = new ArrayList<>();
    CommandRegistry registry =
        Registries.of(
            options ->
                options
                    .wrapCommand("known", inner -> noting("inner", inner, ran))
                    .wrapCommand("known", inner -> noting("outer", inner, ran)));
    CborMap arguments = CborMap.builder().put("nodes", CborArray.of()).build();
    assertThat(Calls.of(registry, MemoryRepository.publishing()).objects("known", arguments))
        .isEqualTo(Calls.on(MemoryRepository.publishing()).objects("known", arguments));
    assertThat(ran).containsExactly("outer", "inner");
  }

  private static Command noting(String name, Command inner, List<String> ran) {
    return call -> {
      ran.add(name);
      return inner.run(call);
    };
  }

  @Test
  void wrappedCommandKeepsDeclarationButIsNotCached() {
    CommandDefinition plain = Objects.requireNonNull(Registries.standard().find("filesdata"));
    CommandDefinition wrapped =
        Objects.requireNonNull(
            Registries.of(options -> options.wrapCommand("filesdata", inner -> inner))
                .find("filesdata"));
    assertThat(plain.isCacheable()).isTrue();
    assertThat(wrapped.isCacheable()).isFalse();
    assertThat(wrapped.descriptor()).isEqualTo(plain.descriptor());
    assertThat(wrapped.permission()).isEqualTo(plain.permission());
    assertThat(wrapped.name()).isEqualTo("filesdata");
  }

  @Test
  void unknownNamesAreRefusedWhenBuilt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Registries.of(options -> options.withoutCommand("acme")))
        .withMessageContaining("acme");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Registries.of(options -> options.command(definition).withoutCommand("acme")))
        .withMessageContaining("acme");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Registries.of(options -> options.wrapCommand("acme", inner -> inner)))
        .withMessageContaining("acme");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Registries.of(
                    options ->
                        options.withoutCommand("heads").wrapCommand("heads", inner -> inner)))
        .withMessageContaining("heads");
  }

  @Test
  void commandThatAcceptsDataIsNotWrapped() {
    CommandDefinition upload =
        CommandDefinition.named("upload")
            .acceptsData(
                call -> {
                  throw new CommandException("unused");
                });
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Registries.of(
                    options -> options.command(upload).wrapCommand("upload", inner -> inner)))
        .withMessageContaining("accepts data");
  }

  @Test
  void namesMustFitIntoUrls() {
    for (String name : List.of("", "a/b", "a b", "ä", "a\n")) {
      assertThatIllegalArgumentException().isThrownBy(() -> CommandDefinition.named(name));
    }
  }

  @Test
  void commandThatAcceptsDataHasALimit() {
    DataCommand work =
        call -> {
          throw new CommandException("unused");
        };
    assertThat(CommandDefinition.named("x").acceptsData(work).maxDataBytes()).isEqualTo(64L << 20);
    assertThat(CommandDefinition.named("x").acceptsData(work, 5).maxDataBytes()).isEqualTo(5);
    assertThat(definition.acceptsData()).isFalse();
    assertThat(definition.maxDataBytes()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandDefinition.named("x").acceptsData(work, 0));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.TypedRequest;
import org.hgwire.server.CommandRegistry;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.ResponseObject;
import org.hgwire.server.repository.Repository;

/** Runs commands like the dispatcher: checks arguments, consumes objects in order, closes them. */
public final class Calls {
  private final CommandRegistry registry;
  private final Repository repository;

  Calls(CommandRegistry registry, Repository repository) {
    this.registry = registry;
    this.repository = repository;
  }

  /** Returns calls of the commands of {@code registry} on a repository. */
  public static Calls of(CommandRegistry registry, Repository repository) {
    return new Calls(registry, repository);
  }

  /** Returns calls of the standard commands on a repository. */
  public static Calls on(Repository repository) {
    return new Calls(Registries.standard(), repository);
  }

  /** Returns the objects of a response; streamed bytes are gathered. */
  public List<CborValue> objects(TypedRequest request) {
    return objects(request.command(), request.arguments());
  }

  /** Returns the objects of the response to a command with any arguments. */
  public List<CborValue> objects(String name, CborMap arguments) {
    CommandDefinition definition = Objects.requireNonNull(registry.find(name), name);
    CommandCall call = new CommandCall(Callers.ANYBODY, repository, definition.check(arguments));
    List<CborValue> objects = new ArrayList<>();
    try (ObjectSource source = Objects.requireNonNull(definition.command()).run(call)) {
      for (ResponseObject object = source.next(); object != null; object = source.next()) {
        if (!(object instanceof ResponseObject.NotYet)) {
          objects.add(value(object));
        }
      }
      assertThat(source.next()).as("after the end").isNull();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return objects;
  }

  /** Returns the one object of a response. */
  public CborValue one(TypedRequest request) {
    List<CborValue> objects = objects(request);
    assertThat(objects).hasSize(1);
    return objects.get(0);
  }

  private static CborValue value(ResponseObject object) throws IOException {
    if (object instanceof ResponseObject.Value value) {
      return value.value();
    }
    if (object instanceof ResponseObject.DefiniteBytes bytes) {
      byte[] content = gather(bytes.content());
      assertThat((long) content.length).isEqualTo(bytes.length());
      return new CborBytes(ByteString.copyOf(content));
    }
    return new CborBytes(
        ByteString.copyOf(gather(((ResponseObject.IndefiniteBytes) object).content())));
  }

  private static byte[] gather(InputStream content) throws IOException {
    try (content) {
      return content.readAllBytes();
    }
  }
}

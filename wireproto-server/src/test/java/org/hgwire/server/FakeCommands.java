// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.ArgumentType;
import org.hgwire.server.command.CommandDataReceiver;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.Permission;
import org.hgwire.server.command.ResponseObject;
import org.jspecify.annotations.Nullable;

/** Commands for tests, which count what was done. */
public final class FakeCommands {
  /** How many objects were produced. */
  public final AtomicLong made = new AtomicLong();

  /** How many sources are open. */
  public final AtomicInteger openSources = new AtomicInteger();

  /** How many streams of objects are open. */
  public final AtomicInteger openStreams = new AtomicInteger();

  /** How many receivers of data were opened and neither finished nor abandoned. */
  public final AtomicInteger openReceivers = new AtomicInteger();

  /** How many receivers were abandoned. */
  public final AtomicInteger abandoned = new AtomicInteger();

  /** How many bytes of data were received. */
  public final AtomicLong data = new AtomicLong();

  /** Produces the objects of a response. */
  @FunctionalInterface
  public interface Objects {
    /** Returns the object of this index, or null at the end. */
    @Nullable ResponseObject at(long index) throws IOException;
  }

  /** Adds these commands to the standard ones. */
  public ServerOptions.Builder addTo(ServerOptions.Builder options) {
    return options
        .command(
            CommandDefinition.named("echo")
                .permission(Permission.PULL)
                .argument(
                    "value",
                    new ArgumentDescriptor(ArgumentType.BYTES.wireName(), false, null, null))
                .runs(
                    call ->
                        source(
                            index ->
                                index == 0 ? new ResponseObject.Value(call.arguments()) : null)))
        .command(pull("nothing", index -> null))
        .command(pull("endless", index -> value(index)))
        .command(pull("hesitant", FakeCommands::hesitant))
        .command(
            pull(
                "hesitates-and-refuses",
                index -> {
                  if (index == 4) {
                    throw new CommandException("no, after all");
                  }
                  return new ResponseObject.NotYet();
                }))
        .command(pull("stuck", index -> index == 0 ? value(1) : new ResponseObject.NotYet()))
        .command(pull("undecided", index -> new ResponseObject.NotYet()))
        .command(
            pull("pausing", index -> index % 2 == 0 ? bytes(1000) : new ResponseObject.NotYet()))
        .command(pull("long", index -> index < 1000 ? bytes(40_000) : null))
        .command(
            pull(
                "refuses-first",
                index -> {
                  throw new CommandException("no 100% today");
                }))
        .command(
            pull(
                "refuses-third",
                index -> {
                  if (index == 2) {
                    throw new CommandException("no more");
                  }
                  return value(index);
                }))
        .command(
            pull(
                "breaks-first",
                index -> {
                  throw new IOException("the password is s3cret");
                }))
        .command(
            pull(
                "breaks-third",
                index -> {
                  if (index == 2) {
                    throw new IllegalStateException("the password is s3cret");
                  }
                  return value(index);
                }))
        .command(pull("definite", index -> index < 2 ? definite(100_000, 100_000) : null))
        .command(pull("short", index -> definite(100_000, 99_999)))
        .command(pull("over", index -> definite(100_000, 100_001)))
        .command(
            pull(
                "indefinite",
                index -> index < 2 ? new ResponseObject.IndefiniteBytes(stream(70_000)) : null))
        .command(
            CommandDefinition.named("push-something")
                .permission(Permission.PUSH)
                .runs(call -> source(index -> index == 0 ? value(7) : null)))
        .command(
            CommandDefinition.named("forgotten")
                .runs(call -> source(index -> index == 0 ? value(8) : null)))
        .command(
            CommandDefinition.named("sink")
                .permission(Permission.PULL)
                .acceptsData(call -> new Sink(false), 64L << 30))
        .command(
            CommandDefinition.named("bad-sink")
                .permission(Permission.PULL)
                .acceptsData(call -> new Sink(true), 64L << 30))
        .command(
            CommandDefinition.named("small-sink")
                .permission(Permission.PULL)
                .acceptsData(call -> new Sink(false), 1000));
  }

  private CommandDefinition pull(String name, Objects objects) {
    return CommandDefinition.named(name).permission(Permission.PULL).runs(call -> source(objects));
  }

  /** Returns a source of these objects. */
  public ObjectSource source(Objects objects) {
    openSources.incrementAndGet();
    return new ObjectSource() {
      private long index;

      @Override
      public @Nullable ResponseObject next() throws IOException {
        made.incrementAndGet();
        return objects.at(index++);
      }

      @Override
      public void close() {
        openSources.decrementAndGet();
      }
    };
  }

  /** Returns an integer as an object. */
  public static ResponseObject value(long number) {
    return new ResponseObject.Value(CborInteger.of(number));
  }

  /** Three objects, each the fifth that is asked for. */
  static @Nullable ResponseObject hesitant(long index) {
    if (index == 15) {
      return null;
    }
    return index % 5 == 4 ? value(index) : new ResponseObject.NotYet();
  }

  private static ResponseObject bytes(int size) {
    return new ResponseObject.Value(new CborBytes(ByteString.copyOf(new byte[size])));
  }

  private ResponseObject definite(long declared, int given) {
    return new ResponseObject.DefiniteBytes(declared, stream(given));
  }

  private InputStream stream(int size) {
    openStreams.incrementAndGet();
    return new ByteArrayInputStream(new byte[size]) {
      @Override
      public void close() {
        openStreams.decrementAndGet();
      }
    };
  }

  private final class Sink implements CommandDataReceiver {
    private final boolean fails;
    private long taken;

    Sink(boolean fails) {
      this.fails = fails;
      openReceivers.incrementAndGet();
    }

    @Override
    public void receive(ByteBuffer piece) {
      data.addAndGet(piece.remaining());
      taken += piece.remaining();
      if (fails) {
        throw new CommandException("this data is not wanted");
      }
    }

    @Override
    public ObjectSource finish() {
      openReceivers.decrementAndGet();
      long all = taken;
      return source(
          index ->
              index == 0
                  ? new ResponseObject.Value(CborMap.builder().put("size", all).build())
                  : null);
    }

    @Override
    public void abandon() {
      openReceivers.decrementAndGet();
      abandoned.incrementAndGet();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.faults;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborNull;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.ArgumentType;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDataReceiver;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.ObjectSources;
import org.hgwire.server.command.Permission;
import org.hgwire.server.command.ResponseObject;
import org.jspecify.annotations.Nullable;

/** Commands that do what a host's command may do, and record what happened to them. */
final class OddCommands {
  static final ByteString DEAD = ByteString.utf8("dead ".repeat(200));

  final AtomicInteger writes = new AtomicInteger();
  final AtomicInteger forbidden = new AtomicInteger();
  final AtomicInteger typed = new AtomicInteger();
  final AtomicLong dataBytes = new AtomicLong();
  final CountDownLatch firstData = new CountDownLatch(1);
  final CountDownLatch dataAbandoned = new CountDownLatch(1);
  final AtomicLong piecesMade = new AtomicLong();
  final AtomicInteger endlessOpen = new AtomicInteger();

  ServerOptions.Builder addTo(ServerOptions.Builder options) {
    return options
        .command(
            pull("echo")
                .argument("text", ArgumentDescriptor.required(ArgumentType.BYTES))
                .runs(call -> ObjectSources.of(argument(call, "text"))))
        .command(pull("nothing").runs(call -> new Scripted(null)))
        .command(
            pull("fails")
                .runs(
                    call -> {
                      throw new CommandException("it was refused");
                    }))
        .command(
            pull("breaks")
                .runs(call -> new Scripted(new CommandException("it broke"), dead(), dead())))
        .command(
            pull("crashes").runs(call -> new Scripted(new IllegalStateException("bug"), dead())))
        .command(pull("endless").runs(call -> new Endless()))
        .command(pull("counts").acceptsData(call -> new Counting(), 12L << 30))
        .command(
            pull("typed")
                .argument("bytes", ArgumentDescriptor.optional(ArgumentType.BYTES, CborNull.NULL))
                .argument("int", ArgumentDescriptor.optional(ArgumentType.INT, CborNull.NULL))
                .argument("bool", ArgumentDescriptor.optional(ArgumentType.BOOL, CborNull.NULL))
                .argument("list", ArgumentDescriptor.optional(ArgumentType.LIST, CborNull.NULL))
                .argument("dict", ArgumentDescriptor.optional(ArgumentType.DICT, CborNull.NULL))
                .argument(
                    "set",
                    ArgumentDescriptor.optional(ArgumentType.SET, CborNull.NULL)
                        .withValidValues(List.of(ByteString.utf8("a"), ByteString.utf8("b"))))
                .runs(call -> counted(typed)))
        .command(
            CommandDefinition.named("writes")
                .permission(Permission.PUSH)
                .runs(call -> counted(writes)))
        .command(CommandDefinition.named("forbidden").runs(call -> counted(forbidden)));
  }

  private static CommandDefinition.Builder pull(String name) {
    return CommandDefinition.named(name).permission(Permission.PULL);
  }

  private static ObjectSource counted(AtomicInteger counter) {
    return ObjectSources.of(CborInteger.of(counter.incrementAndGet()));
  }

  private static ResponseObject dead() {
    return new ResponseObject.Value(new CborBytes(DEAD));
  }

  private static CborValue argument(CommandCall call, String name) {
    CborValue value = call.arguments().get(name);
    if (value == null) {
      throw new CommandException("no argument " + name);
    }
    return value;
  }

  /** Emits objects, then fails if there is a failure. */
  private static final class Scripted implements ObjectSource {
    private final Queue<ResponseObject> objects;
    private final @Nullable RuntimeException failure;

    Scripted(@Nullable RuntimeException failure, ResponseObject... objects) {
      this.objects = new ArrayDeque<>(List.of(objects));
      this.failure = failure;
    }

    @Override
    public @Nullable ResponseObject next() {
      ResponseObject object = objects.poll();
      if (object == null && failure != null) {
        throw failure;
      }
      return object;
    }

    @Override
    public void close() {
      objects.clear();
    }
  }

  /** A response without an end. */
  private final class Endless implements ObjectSource {
    Endless() {
      endlessOpen.incrementAndGet();
    }

    @Override
    public ResponseObject next() {
      return new ResponseObject.DefiniteBytes(16 << 10, noise(piecesMade.incrementAndGet()));
    }

    @Override
    public void close() {
      endlessOpen.decrementAndGet();
    }
  }

  /** Returns 16 KiB that cannot be compressed. */
  private static InputStream noise(long seed) {
    byte[] bytes = new byte[16 << 10];
    new Random(seed).nextBytes(bytes);
    return new ByteArrayInputStream(bytes);
  }

  /** Counts the data that it receives, and responds with the number. */
  private final class Counting implements CommandDataReceiver {
    private long count;

    @Override
    public void receive(ByteBuffer data) {
      count += data.remaining();
      dataBytes.addAndGet(data.remaining());
      firstData.countDown();
    }

    @Override
    public ObjectSource finish() throws IOException {
      return ObjectSources.of(CborInteger.of(count));
    }

    @Override
    public void abandon() {
      dataAbandoned.countDown();
    }
  }
}

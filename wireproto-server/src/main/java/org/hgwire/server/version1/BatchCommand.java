// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.version1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.jspecify.annotations.Nullable;

/**
 * Several commands in one request (wireprotocol, batch). Each is called as if it came alone, with
 * its own permission and events; the first that has no text as its response is the response to all.
 */
final class BatchCommand {
  private final Version1Commands commands;
  private final WireLimits limits;

  BatchCommand(Version1Commands commands, WireLimits limits) {
    this.commands = commands;
    this.limits = limits;
  }

  /** Opens the calls of a batch. */
  Version1Call open(Version1Session session, Version1Arguments arguments) {
    try {
      return new BatchCall(session, BatchText.read(arguments.require("cmds"), limits).iterator());
    } catch (MalformedArgumentsException malformed) {
      return Version1Call.of(
          new Version1Response.Malformed("the batch is malformed: " + malformed.getMessage()));
    }
  }

  /** The calls of a batch, one after the other. */
  private final class BatchCall implements Version1Call {
    private final Version1Session session;
    private final Iterator<BatchText.Part> parts;
    private final Joined joined = new Joined(limits.of(WireLimit.MAX_BATCH_RESPONSE));
    private @Nullable Version1Call current;

    BatchCall(Version1Session session, Iterator<BatchText.Part> parts) {
      this.session = session;
      this.parts = parts;
    }

    @Override
    public @Nullable Version1Response advance() throws IOException {
      Version1Call running = current;
      if (running == null) {
        if (!parts.hasNext()) {
          return joined.whole();
        }
        running = open(parts.next());
        current = running;
      }
      Version1Response response = running.advance();
      if (response == null) {
        return null;
      }
      close();
      return response.accept(joined).orElse(null);
    }

    private Version1Call open(BatchText.Part part) {
      return part.command().equals(Version1Commands.BATCH)
          ? Version1Call.of(new Version1Response.Malformed("a batch must not contain another"))
          : commands.open(part.command(), part.arguments(), session);
    }

    @Override
    public void close() {
      Version1Call running = current;
      current = null;
      if (running != null) {
        running.close();
      }
    }
  }

  /** Joins responses: each visit returns nothing, or the response to the whole batch. */
  private static final class Joined
      implements Version1Response.Visitor<Optional<Version1Response>> {
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final long max;
    private boolean anyBefore;

    Joined(long max) {
      this.max = max;
    }

    Version1Response whole() {
      return new Version1Response.Whole(ByteString.copyOf(text.toByteArray()));
    }

    @Override
    public Optional<Version1Response> visitWhole(Version1Response.Whole whole) {
      if (text.size() + (long) whole.bytes().length() > max) {
        return Optional.of(
            new Version1Response.Refused(
                "the response to the batch has more than "
                    + max
                    + " bytes ("
                    + WireLimit.MAX_BATCH_RESPONSE
                    + "): send its commands one by one"));
      }
      if (anyBefore) {
        text.write(';');
      }
      anyBefore = true;
      BatchText.escape(whole.bytes(), text);
      return Optional.empty();
    }

    @Override
    public Optional<Version1Response> visitStream(Version1Response.Stream stream) {
      stream.bytes().close();
      return Optional.of(
          new Version1Response.Malformed("a batch must not contain a command with a stream"));
    }

    @Override
    public Optional<Version1Response> visitRefused(Version1Response.Refused refused) {
      return Optional.of(refused);
    }

    @Override
    public Optional<Version1Response> visitDenied(Version1Response.Denied denied) {
      return Optional.of(denied);
    }

    @Override
    public Optional<Version1Response> visitMalformed(Version1Response.Malformed malformed) {
      return Optional.of(malformed);
    }
  }
}

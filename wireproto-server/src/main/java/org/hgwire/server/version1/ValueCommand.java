// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.version1;

import java.io.IOException;
import java.util.function.Function;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.server.CommandAccess;
import org.hgwire.server.CommandRegistry;
import org.hgwire.server.command.Command;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.ResponseObject;
import org.jspecify.annotations.Nullable;

/**
 * A command that the one of version 2 with the same name does the work of: the same permission, the
 * same {@linkplain org.hgwire.server.ServerOptions.Builder#wrapCommand wrapper}.
 *
 * @param name the name
 * @param arguments makes the arguments of version 2
 * @param text makes the text of version 1 of the one value of the response
 * @param refusal makes the response to a call that the command refuses
 */
record ValueCommand(
    String name,
    Function<Version1Arguments, CborMap> arguments,
    Function<CborValue, ByteString> text,
    Function<String, Version1Response> refusal)
    implements Version1Command {
  /** Makes a command whose refusals are errors. */
  ValueCommand(
      String name,
      Function<Version1Arguments, CborMap> arguments,
      Function<CborValue, ByteString> text) {
    this(name, arguments, text, Version1Response.Refused::new);
  }

  @Override
  public boolean isOfferedBy(CommandRegistry registry) {
    return registry.find(name) != null;
  }

  @Override
  public Version1Response refused(String reason) {
    return refusal.apply(reason);
  }

  @Override
  public Version1Call open(Version1Session session, Version1Arguments sent) throws IOException {
    CommandAccess.Result result = session.access().find(ByteString.utf8(name));
    if (result instanceof CommandAccess.Result.Permitted permitted) {
      Command command = permitted.definition().command();
      if (command == null) {
        throw new CommandException("the command " + name + " needs data");
      }
      CommandCall call = session.access().call(permitted.definition(), arguments.apply(sent));
      return new ValueCall(name, command.run(call), text);
    }
    CommandAccess.Result.Refused refused = (CommandAccess.Result.Refused) result;
    return Version1Call.of(
        refused.decision() == null
            ? new Version1Response.Malformed(refused.reason())
            : new Version1Response.Denied(refused.decision()));
  }

  /** A call that waits for the value. */
  private static final class ValueCall implements Version1Call {
    private final String name;
    private final ObjectSource objects;
    private final Function<CborValue, ByteString> text;
    private boolean closed;

    ValueCall(String name, ObjectSource objects, Function<CborValue, ByteString> text) {
      this.name = name;
      this.objects = objects;
      this.text = text;
    }

    @Override
    public @Nullable Version1Response advance() throws IOException {
      ResponseObject object = objects.next();
      if (object instanceof ResponseObject.NotYet) {
        return null;
      }
      if (object instanceof ResponseObject.Value value) {
        return new Version1Response.Whole(text.apply(value.value()));
      }
      throw new IOException("the response of " + name + " is not one value");
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        objects.close();
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.version1;

import java.io.IOException;
import java.util.OptionalLong;
import org.hgwire.core.WireProtocolException;
import org.hgwire.server.AccessDecision;
import org.hgwire.server.CommandEvents;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.Permission;
import org.jspecify.annotations.Nullable;

/** A call of one command that is permitted first, and reported to the listener. */
final class ReportedCall implements Version1Call, Version1Response.Visitor<Version1Response> {
  private final String name;
  private final Version1Command command;
  private final Version1Session session;
  private final Version1Arguments arguments;
  private @Nullable CommandEvents report;
  private @Nullable Version1Call call;
  private boolean ended;

  ReportedCall(
      String name, Version1Command command, Version1Session session, Version1Arguments arguments) {
    this.name = name;
    this.command = command;
    this.session = session;
    this.arguments = arguments;
  }

  @Override
  public @Nullable Version1Response advance() throws IOException {
    CommandEvents events = report();
    Version1Response response;
    try {
      response = work();
    } catch (CommandException refused) {
      String reason = String.valueOf(refused.getMessage());
      events.refused(reason);
      end();
      response = command.refused(reason);
    } catch (MalformedArgumentsException malformed) {
      response =
          new Version1Response.Malformed(
              "the arguments of " + name + " are malformed: " + malformed.getMessage());
      response.accept(this);
    } catch (WireProtocolException unreadable) {
      // The arguments were read before: here it is the repository that is malformed.
      IOException failure = new IOException("the response cannot be read", unreadable);
      events.failed(failure);
      end();
      throw failure;
    } catch (IOException | RuntimeException failure) {
      events.failed(failure);
      end();
      throw failure;
    }
    return response;
  }

  private @Nullable Version1Response work() throws IOException {
    Version1Call running = call;
    if (running == null) {
      AccessDecision decision = session.authorization().decide(Permission.PULL, name);
      running =
          decision instanceof AccessDecision.Allowed
              ? command.open(session, arguments)
              : Version1Call.of(new Version1Response.Denied(decision));
      call = running;
    }
    Version1Response response = running.advance();
    return response == null ? null : response.accept(this);
  }

  private CommandEvents report() {
    CommandEvents begun = report;
    if (begun == null) {
      begun = session.events().command(name);
      report = begun;
    }
    return begun;
  }

  private void end() {
    ended = true;
    report().ended(OptionalLong.empty());
  }

  @Override
  public Version1Response visitWhole(Version1Response.Whole whole) {
    report().bytes(whole.bytes().length());
    end();
    return whole;
  }

  /** The response has only begun: its source reports the end. */
  @Override
  public Version1Response visitStream(Version1Response.Stream stream) {
    ended = true;
    return new Version1Response.Stream(
        new ReportedSource(stream.bytes(), report()), stream.compressible());
  }

  @Override
  public Version1Response visitRefused(Version1Response.Refused refused) {
    report().refused(refused.text());
    end();
    return refused;
  }

  @Override
  public Version1Response visitDenied(Version1Response.Denied denied) {
    report().refused("permission denied");
    end();
    return denied;
  }

  @Override
  public Version1Response visitMalformed(Version1Response.Malformed malformed) {
    report().refused(malformed.reason());
    end();
    return malformed;
  }

  @Override
  public void close() {
    Version1Call running = call;
    call = null;
    if (running != null) {
      running.close();
    }
    if (report != null && !ended) {
      report().cut();
      end();
    }
  }
}

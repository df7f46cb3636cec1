// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import org.hgwire.core.ByteString;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.message.RedirectOffer;
import org.hgwire.server.command.Command;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.repository.Repository;
import org.jspecify.annotations.Nullable;

/**
 * A call whose response may come from a cache or from another host: it is permitted, its arguments
 * are checked, it has no data and needs no permission to push.
 */
public final class CacheableCall {
  private final CommandDefinition command;
  private final CommandCall call;
  private final @Nullable RedirectOffer offer;
  private final @Nullable ContentEncoding contentEncoding;

  CacheableCall(
      CommandDefinition command,
      CommandCall call,
      @Nullable RedirectOffer offer,
      @Nullable ContentEncoding contentEncoding) {
    this.command = command;
    this.call = call;
    this.offer = offer;
    this.contentEncoding = contentEncoding;
  }

  /** Returns the command. */
  public CommandDefinition command() {
    return command;
  }

  /** Returns the caller, the repository and the arguments, with defaults filled in. */
  public CommandCall call() {
    return call;
  }

  /**
   * Returns which redirects the client would follow, or null if none: then it must not be
   * redirected.
   */
  public @Nullable RedirectOffer offer() {
    return offer;
  }

  /** Returns whether the client would follow a redirect to {@code target}. */
  public boolean offers(ByteString target) {
    return offer != null && offer.targets().contains(target);
  }

  /**
   * Returns the content encoding with which an inline response is sent, or null if none: what has
   * it already is sent as it is. See {@link EncodedObjects#decodedBytes}.
   */
  public @Nullable ContentEncoding contentEncoding() {
    return contentEncoding;
  }

  /**
   * Runs the command; each call runs it again.
   *
   * @throws CommandException if the command refuses
   * @throws org.hgwire.core.WireProtocolException if the request is at fault
   * @throws IOException if the repository cannot be read
   */
  public EncodedObjects run() throws IOException {
    return run(call.repository());
  }

  /**
   * Runs the command on another view of the same repository: one that records which snapshots are
   * opened, for example.
   *
   * @param repository the repository to run on
   * @throws CommandException if the command refuses
   * @throws org.hgwire.core.WireProtocolException if the request is at fault
   * @throws IOException if the repository cannot be read
   */
  public EncodedObjects run(Repository repository) throws IOException {
    Command work = command.command();
    if (work == null) {
      throw new CommandException("the command " + command.name() + " needs data");
    }
    return new ObjectEncoder(
        command.name(), work.run(new CommandCall(call.caller(), repository, call.arguments())));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.jackson;

import java.io.IOException;
import org.hgwire.server.command.Command;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.ObjectSources;
import org.hgwire.server.repository.Repository;

/**
 * A command whose arguments are mapped to an object, and whose response is one mapped object.
 *
 * @param <A> the type of the arguments, whose properties have their names
 */
public final class JacksonCommand<A> implements Command {
  /**
   * The work. Called by several threads at once.
   *
   * @param <A> the type of the arguments
   */
  @FunctionalInterface
  public interface Work<A> {
    /**
     * Returns the object to answer with.
     *
     * @throws CommandException to answer with an error
     * @throws IOException if the repository cannot be read; the client gets a server error
     */
    Object run(Repository repository, A arguments) throws IOException;
  }

  private final JacksonBridge bridge;
  private final Class<A> type;
  private final Work<A> work;

  private JacksonCommand(JacksonBridge bridge, Class<A> type, Work<A> work) {
    this.bridge = bridge;
    this.type = type;
    this.work = work;
  }

  /** Returns a command that does {@code work} with arguments of {@code type}. */
  public static <A> JacksonCommand<A> of(JacksonBridge bridge, Class<A> type, Work<A> work) {
    return new JacksonCommand<>(bridge, type, work);
  }

  @Override
  public ObjectSource run(CommandCall call) throws IOException {
    A arguments;
    try {
      arguments = bridge.fromCbor(call.arguments(), type);
    } catch (IllegalArgumentException e) {
      throw new CommandException("the arguments are not what the command takes");
    }
    return ObjectSources.of(bridge.toCbor(work.run(call.repository(), arguments)));
  }
}

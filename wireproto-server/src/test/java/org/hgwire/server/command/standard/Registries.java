// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.util.function.UnaryOperator;
import org.hgwire.server.CommandRegistry;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.repository.memory.MemoryRepository;

/** Registries of commands for tests. */
public final class Registries {
  private Registries() {}

  /** Returns the standard commands. */
  public static CommandRegistry standard() {
    return of(options -> options);
  }

  /** Returns the commands of a server with these options. */
  public static CommandRegistry of(UnaryOperator<ServerOptions.Builder> options) {
    return options
        .apply(ServerOptions.builder(RepositoryResolver.atRoot(MemoryRepository.publishing())))
        .build()
        .registry();
  }
}

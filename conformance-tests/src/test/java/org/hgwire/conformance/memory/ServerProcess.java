// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.memory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.revision.ManifestFlag;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.CommandDataReceiver;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandRegistry;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.ObjectSources;
import org.hgwire.server.command.Permission;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.repository.MemoryCommit;
import org.hgwire.server.repository.MemoryRepository;

/**
 * A server in a process of its own. Arguments: changesets, files a changeset, bytes a file, the
 * name of an encoding. It says {@code port N tip NODE}, answers a line of input with its figures,
 * and ends with its input.
 */
final class ServerProcess {
  private ServerProcess() {}

  public static void main(String[] arguments) throws IOException {
    int changesets = Integer.parseInt(arguments[0]);
    int files = Integer.parseInt(arguments[1]);
    long size = Long.parseLong(arguments[2]);
    MemoryRepository repository = MemoryRepository.publishing();
    for (int changeset = 0; changeset < changesets; changeset++) {
      MemoryCommit commit = repository.commit().user("somebody").message("changeset " + changeset);
      for (int file = 0; file < files; file++) {
        commit.write(
            ByteString.utf8("file " + changeset + "." + file),
            GeneratedContent.of(size, 1L + changeset * (long) files + file),
            ManifestFlag.FILE);
      }
      commit.commit();
    }
    GeneratedContent.MADE.set(0);
    ServerOptions options =
        ServerOptions.builder(RepositoryResolver.atRoot(repository))
            .registry(CommandRegistry.builder().add(upload()).build())
            .encodings(ContentEncodings.named(arguments[3]))
            .build();
    try (HgWireServer server =
        HgWireServer.builder(options).grace(Duration.ofMillis(100)).start()) {
      System.out.println("port " + server.port() + " tip " + repository.tip().hex());
      BufferedReader questions =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
      while (questions.readLine() != null) {
        System.out.println("made=" + GeneratedContent.MADE.get() + " " + Figures.line());
      }
    }
  }

  /** A command that takes as much data as one likes, and says how much it was. */
  private static CommandDefinition upload() {
    return CommandDefinition.named("upload")
        .permission(Permission.PULL)
        .takesData(
            call ->
                new CommandDataReceiver() {
                  private long bytes;

                  @Override
                  public void receive(ByteBuffer data) {
                    bytes += data.remaining();
                  }

                  @Override
                  public ObjectSource finish() {
                    return ObjectSources.of(CborInteger.of(bytes));
                  }

                  @Override
                  public void abandon() {
                    bytes = 0;
                  }
                },
            1L << 40);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.hgwire.client.Peer;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.UnavailableCommandException;
import org.hgwire.client.sink.PartRefusedException;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RepositoryPart;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.PathFilter;

/** Refuses parts of repositories that a sink does not take or a server does not send. */
final class PartCheck {
  private PartCheck() {}

  /**
   * Checks a sink.
   *
   * @throws PartRefusedException if it does not take {@code part}
   */
  static void requireTaken(PullSink sink, RepositoryPart part) throws IOException {
    if (sink.takes(part)) {
      return;
    }
    throw new PartRefusedException(
        part.isWhole()
            ? "The sink has a part of a repository and does not take the whole: pull the same paths"
                + " and with a depth as before, or pull into another sink."
            : "The sink does not take this part of a repository: pull without paths and depth, or"
                + " into a sink that takes the part.");
  }

  /**
   * Checks a server, without a request.
   *
   * @throws UnavailableCommandException if it does not send parts such as {@code part}
   */
  static void requireSent(Peer peer, RepositoryPart part) throws UnavailableCommandException {
    if (part.isWhole()) {
      return;
    }
    if (peer.version() == ProtocolVersion.VERSION_1) {
      throw new UnavailableCommandException(
          part.hasAllPaths() ? ChangesetdataRequest.COMMAND : FilesdataRequest.COMMAND,
          "Version 1 of the wire protocol, which is spoken with "
              + peer.url()
              + ", sends no part of a repository: pull without paths and depth, or from a server"
              + " that speaks version 2.");
    }
    List<ByteString> prefixes = peer.capabilities().pathFilterPrefixes();
    for (ByteString rule : rules(part.paths())) {
      if (prefixes.stream().noneMatch(rule::startsWith)) {
        throw new UnavailableCommandException(
            FilesdataRequest.COMMAND,
            "The server at "
                + peer.url()
                + " does not filter paths by rules such as "
                + rule.excerpt()
                + ": pull without paths, or by other rules.");
      }
    }
  }

  private static List<ByteString> rules(PathFilter paths) {
    return Stream.concat(paths.include().stream(), paths.exclude().stream()).toList();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.hgwire.client.CommandFailedException;
import org.hgwire.client.Peer;
import org.hgwire.client.RevisionStream;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.DataHeader;
import org.hgwire.core.command.FileField;
import org.hgwire.core.command.FiledataRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.RevisionRecord;

/**
 * Pulls file revisions by path and node, with {@code filedata}: those of which {@code filesdata},
 * which goes by the lists of files in changesets, does not know.
 */
final class SingleFiles {
  private static final Set<FileField> FIELDS = Set.of(FileField.PARENTS, FileField.REVISION);

  private final Peer peer;
  private final RevisionReceiver receiver;
  private final SplitRequests split;

  SingleFiles(Peer peer, RevisionReceiver receiver, SplitRequests split) {
    this.peer = peer;
    this.receiver = receiver;
    this.split = split;
  }

  /** Passes those revisions of {@code path} to the sink that the server has. */
  void run(ByteString path, List<Node> nodes) throws IOException {
    split.run(nodes, part -> request(path, part));
  }

  private void request(ByteString path, List<Node> nodes) throws IOException {
    FiledataRequest request = new FiledataRequest(path, nodes, FIELDS, false);
    try (RevisionStream<DataHeader, RevisionRecord> stream = peer.filedata(request)) {
      for (RevisionRecord record = stream.next(); record != null; record = stream.next()) {
        receiver.receive(
            stream,
            new RevisionReceiver.Description(
                RevisionKey.file(path, record.node()),
                record.parents(),
                record.deltaBase(),
                record.following()));
      }
    } catch (CommandFailedException notThere) {
      // Mercurial fails the whole command if it does not have one of them; the caller looks.
      return;
    }
  }
}

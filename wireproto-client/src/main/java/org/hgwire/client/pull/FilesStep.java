// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.List;
import org.hgwire.client.CommandFailedException;
import org.hgwire.client.PathRevision;
import org.hgwire.client.Peer;
import org.hgwire.client.RevisionStream;
import org.hgwire.client.pull.PullListener.Step;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.command.FileField;
import org.hgwire.core.command.FilesdataHeader;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PathFilter;
import org.hgwire.core.command.RevisionRecord;
import org.hgwire.core.command.RevisionSpecifier;

/**
 * Pulls the file revisions of changesets.
 *
 * <p>Mercurial's server fails {@code filesdata} with {@code haveparents} if one of the changesets
 * removed a file. Then the request is repeated without it, and so are all later ones: the server
 * sends more than needed, and what the sink has is skipped. Without it are also changesets
 * requested of which the sink lacks a parent.
 */
final class FilesStep {
  private final Peer peer;
  private final RevisionReceiver receiver;
  private final PullListener listener;
  private final SplitRequests split;
  private final PathFilter paths;
  private final Orphans orphans;
  private boolean haveParents = true;
  private long done;
  private long total;

  /** Says which changesets lack parents. */
  interface Orphans {
    /** Returns whether the sink lacks a parent of a changeset. */
    boolean lacksParent(Node changeset) throws IOException;
  }

  FilesStep(
      Peer peer,
      RevisionReceiver receiver,
      PullOptions options,
      SplitRequests split,
      Orphans orphans) {
    this.peer = peer;
    this.receiver = receiver;
    this.listener = options.listener();
    this.split = split;
    this.paths = options.part().paths();
    this.orphans = orphans;
  }

  void run(List<Node> changesets) throws IOException {
    listener.stepStarted(Step.FILES);
    split.run(changesets, this::pull);
  }

  private void pull(List<Node> changesets) throws IOException {
    if (haveParents && !lackParents(changesets)) {
      try {
        request(changesets, true);
        return;
      } catch (CommandFailedException e) {
        haveParents = false;
        listener.repeatedWithoutParents(e.serverMessage());
      }
    }
    request(changesets, false);
  }

  private boolean lackParents(List<Node> changesets) throws IOException {
    for (Node changeset : changesets) {
      if (orphans.lacksParent(changeset)) {
        return true;
      }
    }
    return false;
  }

  private void request(List<Node> changesets, boolean withParents) throws IOException {
    FilesdataRequest request =
        FilesdataRequest.of(
                RevisionSpecifier.changesets(changesets), FileField.PARENTS, FileField.REVISION)
            .withPathFilter(paths);
    if (withParents) {
      request = request.havingParents();
    }
    try (RevisionStream<FilesdataHeader, PathRevision> stream = peer.filesdata(request)) {
      long announced = stream.header().totalItems();
      long received = 0;
      total += announced;
      for (PathRevision record = stream.next(); record != null; record = stream.next()) {
        received++;
        RevisionRecord revision = record.revision();
        RevisionKey key =
            RevisionKey.file(ManifestCheck.requirePath(record.path()), revision.node());
        if (!paths.matches(key.path())) {
          throw RevisionReceiver.invalid(
              "it contains the " + key + ", whose path was not requested");
        }
        receiver.receive(
            stream,
            new RevisionReceiver.Description(
                key, revision.parents(), revision.deltaBase(), revision.following()));
        listener.stepProgressed(Step.FILES, ++done, total);
      }
      if (received != announced) {
        throw RevisionReceiver.invalid(
            "it has " + received + " file revisions, and its header says " + announced);
      }
    }
  }
}

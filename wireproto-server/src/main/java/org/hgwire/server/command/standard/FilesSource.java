// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.FilesdataHeader;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PathHeader;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.ResponseObject;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;

/**
 * The response of {@code filesdata}: a header, and for each path a header and its revisions,
 * parents before children.
 */
final class FilesSource implements ObjectSource {
  private final RequestView view;
  private final RequestedFiles files;
  private final RevisionSeries.Options options;
  private boolean started;
  private @Nullable RevisionSeries current;

  FilesSource(RequestView view, RequestedFiles files, RevisionSeries.Options options) {
    this.view = view;
    this.files = files;
    this.options = options;
  }

  @Override
  public @Nullable ResponseObject next() throws IOException {
    if (!started) {
      started = true;
      return new ResponseObject.Value(
          new FilesdataHeader(files.files().size(), files.count()).toCbor());
    }
    ResponseObject object = current == null ? null : current.next();
    if (object != null) {
      return object;
    }
    Map.Entry<ByteString, Map<Node, Integer>> file = files.files().pollFirstEntry();
    if (file == null) {
      current = null;
      return null;
    }
    current = series(file.getKey(), file.getValue());
    return new ResponseObject.Value(new PathHeader(file.getKey(), file.getValue().size()).toCbor());
  }

  private RevisionSeries series(ByteString path, Map<Node, Integer> nodes) throws IOException {
    RevisionStore store = view.snapshot().file(path);
    List<ServedRevision> revisions = new ArrayList<>(nodes.size());
    for (Map.Entry<Node, Integer> node : nodes.entrySet()) {
      StoredRevision revision = store == null ? null : store.find(node.getKey());
      if (revision == null) {
        throw new IOException("the file " + path + " has no revision " + node.getKey());
      }
      revisions.add(new ServedRevision(revision, node.getValue()));
    }
    revisions.sort(Comparator.comparingInt(ServedRevision::order));
    return new RevisionSeries(
        view.index(), store == null ? node -> null : store, revisions, options);
  }

  @Override
  public void close() {
    view.release();
  }
}

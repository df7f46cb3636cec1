// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.FilesdataHeader;
import org.hgwire.core.command.PathHeader;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.ResponseObject;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.work.Work;
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
  private @Nullable Work<RevisionSeries> preparation;
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
    Work<RevisionSeries> unfinished = preparation;
    if (unfinished != null) {
      view.steps().beginTurn();
      current = unfinished.advance(view.steps());
      if (current == null) {
        return new ResponseObject.NotYet();
      }
      preparation = null;
    }
    ResponseObject object = current == null ? null : current.next();
    return object == null ? nextPath() : object;
  }

  private @Nullable ResponseObject nextPath() throws IOException {
    current = null;
    Map.Entry<ByteString, RequestedFile> file = files.files().pollFirstEntry();
    if (file == null) {
      return null;
    }
    preparation = series(file.getKey(), file.getValue());
    return new ResponseObject.Value(
        new PathHeader(file.getKey(), file.getValue().count()).toCbor());
  }

  private Work<RevisionSeries> series(ByteString path, RequestedFile file) throws IOException {
    RevisionStore store = view.snapshot().file(path);
    return file.find(path, store, view.index())
        .map(
            found ->
                new RevisionSeries(
                    view.index(), store == null ? node -> null : store, found, options));
  }

  @Override
  public void close() {
    // PreparedSource closes the view
  }
}

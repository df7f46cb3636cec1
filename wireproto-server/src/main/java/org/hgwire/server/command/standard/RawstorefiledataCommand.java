// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.ComparableKeys;
import org.hgwire.core.WireLimits;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.ArgumentType;
import org.hgwire.core.command.RawStoreFile;
import org.hgwire.core.command.RawstorefiledataHeader;
import org.hgwire.core.command.RawstorefiledataRequest;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.Permission;
import org.hgwire.server.command.ResponseObject;
import org.hgwire.server.repository.StoreFiles;
import org.hgwire.server.repository.StoreFiles.StoreFile;
import org.hgwire.server.repository.work.Work;
import org.jspecify.annotations.Nullable;

/**
 * Raw files of the store (wireprotocolv2, rawstorefiledata). They contain every changeset, so the
 * command is refused while one of them may not be served.
 */
final class RawstorefiledataCommand extends PreparedCommand {
  private static final ByteString STORE = ByteString.utf8("store");

  private RawstorefiledataCommand(WireLimits limits) {
    super(limits);
  }

  static CommandDefinition definition(WireLimits limits) {
    return CommandDefinition.named(RawstorefiledataRequest.COMMAND)
        .permission(Permission.PULL)
        .cacheable()
        .argument("files", ArgumentDescriptor.required(ArgumentType.LIST))
        .availableIf(repository -> repository.storeFiles() != null)
        .runs(new RawstorefiledataCommand(limits));
  }

  @Override
  Work<ObjectSource> prepare(CommandCall call, RequestView view) throws IOException {
    RawstorefiledataRequest request = RequestView.read(call, RawstorefiledataRequest::read);
    StoreFiles store = view.snapshot().storeFiles();
    if (store == null) {
      throw new CommandException("this repository does not offer the files of its store");
    }
    if (view.graph().withholdsSome()) {
      throw new CommandException(
          "the files of the store contain secret or hidden changesets: pull without them");
    }
    List<StoreFile> files = new ArrayList<>();
    for (ByteString kind : ComparableKeys.setOf(request.files())) {
      List<StoreFile> found = store.files(kind);
      if (found == null) {
        throw new CommandException("the store has no kind of file \"" + kind.excerpt() + "\"");
      }
      files.addAll(found);
    }
    return Work.done(new Source(files));
  }

  private static final class Source implements ObjectSource {
    private final RawstorefiledataHeader header;
    private final Iterator<StoreFile> left;
    private boolean started;
    private @Nullable StoreFile current;

    Source(List<StoreFile> files) {
      this.left = files.iterator();
      this.header =
          new RawstorefiledataHeader(files.size(), files.stream().mapToLong(StoreFile::size).sum());
    }

    @Override
    public @Nullable ResponseObject next() throws IOException {
      if (!started) {
        started = true;
        return new ResponseObject.Value(header.toCbor());
      }
      StoreFile file = current;
      if (file != null) {
        current = null;
        return new ResponseObject.IndefiniteBytes(new ExactInput(file.open(), file.size()));
      }
      if (!left.hasNext()) {
        return null;
      }
      StoreFile next = left.next();
      current = next;
      return new ResponseObject.Value(new RawStoreFile(STORE, next.path(), next.size()).toCbor());
    }

    @Override
    public void close() {
      // PreparedSource closes the view
    }
  }
}

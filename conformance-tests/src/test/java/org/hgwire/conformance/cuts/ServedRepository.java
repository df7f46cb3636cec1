// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cuts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.command.Node;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.server.AccessControl;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServedRequest;
import org.hgwire.server.ServerListener;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.CloneBundleSource;
import org.hgwire.server.http.HttpEndpoint;
import org.hgwire.server.repository.FileChange;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.StoreFiles;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.jspecify.annotations.Nullable;

/** A small repository in memory with something for each command, and what its server runs. */
final class ServedRepository {
  /** The path of the inline clone bundle. */
  static final String INLINE_BUNDLE = "small.hg";

  /** So many lines are longer than the responses that a server does not encode. */
  static final int MANY_LINES = 170;

  private static final int INLINE_LENGTH = 300;

  private final MemoryRepository repository = MemoryRepository.nonPublishing();
  private final List<String> begun = new CopyOnWriteArrayList<>();
  private final List<String> run = new CopyOnWriteArrayList<>();
  private final ServerOptions options;

  /** The first changeset. */
  final Node root;

  /** The changeset of the bookmark {@code mark}. */
  final Node marked;

  /**
   * Makes the repository.
   *
   * @param directory an empty directory, for the inline clone bundle
   * @param lines the number of lines of the message of one changeset
   */
  ServedRepository(Path directory, int lines) throws IOException {
    this(directory, lines, WireLimits.defaults());
  }

  /** Makes the repository of a server with other limits. */
  ServedRepository(Path directory, int lines, WireLimits limits) throws IOException {
    root = repository.commit().message("root").write("a", "one").write("dir/b", "two").commit();
    Node left = repository.commit().parent(root).message("left").write("a", "changed").commit();
    marked = repository.commit().parent(root).message("right").write("c", "x".repeat(99)).commit();
    String message = "a line of a long message\n".repeat(lines);
    repository.commit().parents(left, marked).message(message).write("a", "merged").commit();
    repository.bookmark("mark", marked);
    repository.storeFiles(new OneFile());
    Files.write(directory.resolve(INLINE_BUNDLE), new byte[INLINE_LENGTH]);
    CloneBundleEntry entry =
        CloneBundleEntry.of(
            "peer-bundle-cache://" + INLINE_BUNDLE, Map.of("BUNDLESPEC", "none-v2"));
    ServerOptions.Builder builder =
        ServerOptions.builder(RepositoryResolver.atRoot(repository))
            .accessControl(AccessControl.open())
            .cloneBundles(
                CloneBundleSource.fixed(CloneBundleManifest.of(List.of(entry)))
                    .withInlineBundles(directory))
            .limits(limits)
            .listener(new Begun());
    for (String command : Version2Calls.COMMANDS) {
      builder.wrapCommand(
          command,
          inner ->
              call -> {
                run.add(command + " " + call.arguments());
                return inner.run(call);
              });
    }
    options = builder.build();
  }

  /** Returns the changeset that has no child. */
  Node tip() {
    return repository.tip();
  }

  /** Returns the manifest of the first changeset. */
  Node manifest() throws IOException {
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      return snapshot.changesets().manifest(0);
    }
  }

  /** Returns the revision of the file {@code a} in the first changeset. */
  Node file() throws IOException {
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      for (FileChange change : snapshot.changes(0)) {
        Node node = change.node();
        if (node != null && change.path().equals(ByteString.utf8("a"))) {
          return node;
        }
      }
      throw new IllegalStateException("there is no such file");
    }
  }

  /** Returns the options of a server. */
  ServerOptions options() {
    return options;
  }

  /** Returns a server without sockets. */
  HttpEndpoint endpoint() {
    return new HttpEndpoint(options);
  }

  /** Returns the commands of which an event said that they began, and forgets them. */
  List<String> takeBegun() {
    List<String> taken = List.copyOf(begun);
    begun.clear();
    return taken;
  }

  /** Returns the commands that were run, each with its arguments, and forgets them. */
  List<String> takeRun() {
    List<String> taken = List.copyOf(run);
    run.clear();
    return taken;
  }

  private final class Begun implements ServerListener {
    @Override
    public void commandBegun(ServedRequest request, String command) {
      begun.add(command);
    }
  }

  /** A store with one file. */
  private static final class OneFile implements StoreFiles, StoreFiles.StoreFile {
    private static final ByteString CONTENT =
        ByteString.utf8("content of the changelog ".repeat(9));

    @Override
    public Set<ByteString> formats() {
      return Set.of(ByteString.utf8("revlogv1"));
    }

    @Override
    public @Nullable List<StoreFile> files(ByteString kind) {
      return kind.equals(ByteString.utf8("changelog")) ? List.of(this) : null;
    }

    @Override
    public ByteString path() {
      return ByteString.utf8("00changelog.i");
    }

    @Override
    public long size() {
      return CONTENT.length();
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(CONTENT.toByteArray());
    }
  }
}

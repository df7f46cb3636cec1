// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.hgwire.core.command.Node;
import org.hgwire.redirects.clonebundles.Bundlespec;
import org.hgwire.server.clonebundles.BundleFiles;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.store.StoreRepository;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code hgwire bundle}: writes a bundle of a repository on disk. */
@Command(
    name = "bundle",
    description = "Write a bundle of a repository on disk, as hg bundle does.",
    mixinStandardHelpOptions = true)
final class BundleCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "FILE|-",
      description = "The file to write, or - for standard output.")
  private String file = "";

  @Option(
      names = {"-R", "--repository"},
      paramLabel = "PATH",
      required = true,
      description = "The repository.")
  private Path repository = Path.of("");

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      converter = BundleTypes.class,
      description =
          "The type of the bundle (default: zstd-v2): none, gzip or zstd with v2 or v3, none or"
              + " gzip with v1.")
  private Bundlespec type = BundleFiles.ZSTD_V2;

  @Option(
      names = "--base",
      paramLabel = "NODE",
      description =
          "Leave out this changeset and its ancestors, which the receiver has; may be repeated.")
  private List<String> bases = List.of();

  @Option(
      names = {"-r", "--rev"},
      paramLabel = "NODE",
      description = "Take this changeset and its ancestors, and not all; may be repeated.")
  private List<String> revisions = List.of();

  @ParentCommand private HgWire root;

  @Spec private CommandSpec spec;

  /** Counts bytes; closing it leaves the target open. */
  private static final class Counted extends FilterOutputStream {
    private long bytes;

    private Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      out.write(buffer, offset, length);
      bytes += length;
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  @Override
  public Integer call() throws IOException {
    try (StoreRepository store = StoreRepository.open(repository)) {
      if (file.equals("-")) {
        print(write(store, root.output()), spec.commandLine().getErr());
        return 0;
      }
      try (NewFile out = NewFile.create(Path.of(file))) {
        String summary = write(store, out);
        out.complete();
        print(summary, spec.commandLine().getOut());
      }
    }
    return 0;
  }

  private String write(StoreRepository store, OutputStream out) throws IOException {
    List<Node> heads;
    List<Node> common;
    try (RepositorySnapshot snapshot = store.snapshot()) {
      RevisionNames names = new RevisionNames(snapshot);
      heads = names.nodes(revisions);
      common = names.nodes(bases);
    }
    try (Counted counted = new Counted(out)) {
      int changesets = BundleFiles.write(store, heads, common, type, counted);
      if (changesets == 0) {
        throw new IOException("there is nothing to bundle: no changeset is outside of the bases");
      }
      return changesets
          + (changesets == 1 ? " changeset, " : " changesets, ")
          + counted.bytes
          + " bytes, "
          + type
          + ": "
          + file;
    }
  }

  private static void print(String line, PrintWriter out) {
    out.println(line);
    out.flush();
  }
}

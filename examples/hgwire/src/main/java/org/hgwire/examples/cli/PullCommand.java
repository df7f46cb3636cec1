// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hgwire.client.Peer;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullListener;
import org.hgwire.client.pull.PullOptions;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.pull.Wanted;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.redirects.UrlAuthority;
import org.hgwire.server.store.StoreRepository;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hgwire pull}: pulls a repository, or some revisions, and verifies every hash. */
@Command(
    name = "pull",
    description =
        "Pull a repository, or some revisions of it, verify every hash, and print a summary.",
    mixinStandardHelpOptions = true)
final class PullCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "URL", description = ConnectOptions.URL)
  private String url = "";

  @Mixin private ConnectOptions connection;

  @Option(
      names = "--into",
      paramLabel = "DIRECTORY",
      description =
          "Pull into the Mercurial repository in this directory, which is made if there is none and"
              + " has no working copy; a later pull into it continues there. Without it everything"
              + " is verified and nothing is kept.")
  private @Nullable Path directory;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Write what was pulled and verified to this file, as a bundle. It is pulled into a"
              + " temporary repository first.")
  private @Nullable Path out;

  @Mixin private BundleOptions bundle;

  @Option(
      names = {"-r", "--rev"},
      paramLabel = "REVISION",
      description =
          "Pull this changeset and its ancestors alone; the server looks the name up. May be"
              + " repeated.")
  private List<String> revisions = List.of();

  @Option(
      names = {"-B", "--bookmark"},
      paramLabel = "NAME",
      description =
          "Pull the changeset of this bookmark and its ancestors alone, and have the bookmark where"
              + " the server has it. May be repeated.")
  private List<String> bookmarks = List.of();

  @Option(
      names = "--strict",
      description =
          "Fail if the text of a file revision was censored or is stored elsewhere (LFS); by"
              + " default that is recorded and printed.")
  private boolean strict;

  @Option(names = "--no-clonebundles", description = "Use no clone bundle.")
  private boolean noCloneBundles;

  @Mixin private BundlePreferenceOptions preferences;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    checkTargets();
    WireCounter wire = new WireCounter();
    long begin = System.nanoTime();
    String written = null;
    PullSummary summary;
    try (NewFile file = out == null ? null : NewFile.create(out)) {
      Path temporary = connection.temporary(directory);
      try (Peer peer = connection.connect(url, wire, temporary)) {
        if (directory != null) {
          try (RepositorySink sink = RepositorySink.open(directory, defaultPath())) {
            summary = pull(peer, sink, temporary);
          }
        } else {
          try (TemporaryRepositorySink sink =
              temporary == null
                  ? TemporaryRepositorySink.open()
                  : TemporaryRepositorySink.open(temporary)) {
            summary = pull(peer, sink, temporary);
            if (file != null) {
              written = write(summary, sink.directory(), file);
            }
          }
        }
      }
      if (file != null) {
        file.complete();
      }
    }
    PrintWriter printed = spec.commandLine().getOut();
    new PullSummaryPrinter(printed).print(summary, wire, System.nanoTime() - begin);
    if (written != null) {
      printed.println("bundle: " + written);
      printed.flush();
    }
    return 0;
  }

  private PullSummary pull(Peer peer, PullSink sink, @Nullable Path temporary) throws IOException {
    try (PullProgress progress = PullProgress.onTerminal()) {
      PullOptions options = options(progress);
      return Pull.run(peer, sink, temporary == null ? options : options.withDirectory(temporary));
    }
  }

  private String write(PullSummary pulled, Path repository, NewFile file) throws IOException {
    if (pulled.substitutes().storedElsewhere() > 0) {
      throw new IOException(
          "the bundle cannot be written: the repository has revisions that are stored elsewhere"
              + " (lfs)");
    }
    try (StoreRepository store = StoreRepository.open(repository)) {
      return bundle.write(store, List.of(), file, String.valueOf(out));
    }
  }

  private void checkTargets() {
    if (out == null) {
      if (bundle.areGiven()) {
        throw new IllegalArgumentException(
            "--type and --base are about the bundle of --out; give --out FILE too");
      }
      return;
    }
    if (directory != null) {
      throw new IllegalArgumentException(
          "--into and --out exclude each other; pull --into DIRECTORY, then write the bundle with"
              + " \"hgwire bundle -R DIRECTORY\"");
    }
    bundle.type();
  }

  /** Returns where {@code hg pull} pulls from: the URL, without a password. */
  private String defaultPath() {
    String info = UrlAuthority.of(URI.create(url)).userInfo();
    int colon = info == null ? -1 : info.indexOf(':');
    return info == null || colon < 0
        ? url
        : url.replaceFirst(
            Pattern.quote(info + "@"), Matcher.quoteReplacement(info.substring(0, colon) + "@"));
  }

  private PullOptions options(PullListener progress) {
    PullOptions options =
        PullOptions.DEFAULT
            .withListener(
                connection.verbose()
                    ? progress.andThen(new PullReport(spec.commandLine().getErr()))
                    : progress)
            .withBundlePreferences(preferences.preferences())
            .withWanted(new Wanted(revisions, bookmarks))
            .withStrict(strict);
    return noCloneBundles ? options.withoutCloneBundles() : options;
  }
}

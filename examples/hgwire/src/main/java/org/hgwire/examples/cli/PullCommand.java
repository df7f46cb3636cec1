// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hgwire.client.Peer;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullListener;
import org.hgwire.client.pull.PullOptions;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.pull.SubstituteReport;
import org.hgwire.client.pull.SubstitutedRevision;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.core.PeerText;
import org.hgwire.redirects.UrlAuthority;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hgwire pull}: pulls a whole repository and verifies every hash. */
@Command(
    name = "pull",
    description = "Pull a whole repository, verify every hash in it, and print a summary.",
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
    WireCounter wire = new WireCounter();
    long begin = System.nanoTime();
    PullSummary summary;
    Path temporary = connection.temporary(directory);
    try (Peer peer = connection.connect(url, wire, temporary);
        PullSink sink = sink(temporary);
        PullProgress progress = PullProgress.onTerminal()) {
      PullOptions options = options(progress);
      summary =
          Pull.run(peer, sink, temporary == null ? options : options.withDirectory(temporary));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("changesets: " + summary.changesets());
    out.println("manifests: " + summary.manifests());
    out.println("file revisions: " + summary.fileRevisions());
    printSubstitutes(summary.substitutes(), out);
    out.println("bytes on the wire: " + (wire.sent() + wire.received()));
    if (wire.elsewhere() > 0) {
      out.println("bytes from elsewhere: " + wire.elsewhere());
    }
    CloneBundleEntry bundle = summary.cloneBundles().applied();
    if (bundle != null) {
      out.println("clone bundle: " + bundle.url());
    }
    out.println("bytes verified: " + summary.bytesVerified());
    out.printf(Locale.ROOT, "time: %.2f s%n", (System.nanoTime() - begin) / 1e9);
    out.flush();
    return 0;
  }

  private static void printSubstitutes(SubstituteReport report, PrintWriter out) {
    if (report.censored() > 0) {
      out.println("censored: " + report.censored());
    }
    if (report.storedElsewhere() > 0) {
      out.println("stored elsewhere: " + report.storedElsewhere());
    }
    for (SubstitutedRevision revision : report.first()) {
      out.println(PeerText.line("  " + revision.key() + " " + revision.substitute().describe()));
    }
    long rest = report.censored() + report.storedElsewhere() - report.first().size();
    if (rest > 0) {
      out.println("  and " + rest + " more");
    }
  }

  private PullSink sink(@Nullable Path temporary) throws IOException {
    if (directory != null) {
      return RepositorySink.open(directory, defaultPath());
    }
    return temporary == null
        ? TemporaryRepositorySink.open()
        : TemporaryRepositorySink.open(temporary);
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
            .withStrict(strict);
    return noCloneBundles ? options.withoutCloneBundles() : options;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.pull.SubstituteReport;
import org.hgwire.client.pull.SubstitutedRevision;
import org.hgwire.core.PeerText;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;

/** Prints what came of a pull, in lines that scripts read. */
final class PullSummaryPrinter {
  private final PrintWriter out;

  PullSummaryPrinter(PrintWriter out) {
    this.out = out;
  }

  void print(PullSummary summary, WireCounter wire, long nanos) {
    out.println("changesets: " + summary.changesets());
    out.println("manifests: " + summary.manifests());
    out.println("file revisions: " + summary.fileRevisions());
    print(summary.substitutes());
    out.println("bytes on the wire: " + (wire.sent() + wire.received()));
    if (wire.elsewhere() > 0) {
      out.println("bytes from elsewhere: " + wire.elsewhere());
    }
    CloneBundleEntry bundle = summary.cloneBundles().applied();
    if (bundle != null) {
      out.println("clone bundle: " + bundle.url());
    }
    out.println("bytes verified: " + summary.bytesVerified());
    out.printf(Locale.ROOT, "time: %.2f s%n", nanos / 1e9);
    out.flush();
  }

  private void print(SubstituteReport report) {
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
}

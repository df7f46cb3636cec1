// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hgwire.client.CommandResponse;
import org.hgwire.client.ExchangeListener;
import org.hgwire.client.Peer;
import org.hgwire.client.ResponseObject;
import org.hgwire.core.ByteString;
import org.hgwire.core.PeerText;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.command.ClonebundlesRequest;
import org.hgwire.redirects.clonebundles.BundleSelection;
import org.hgwire.redirects.clonebundles.ClientCapabilities;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.redirects.clonebundles.ManifestFinding;
import org.hgwire.redirects.clonebundles.RejectedEntry;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hgwire manifest select}: prints which clone bundles this client would use, and why. */
@Command(
    name = "select",
    description =
        "Print which clone bundles this client would use, in order, and why it skips the others."
            + " Exits with 1 if it would use none.",
    mixinStandardHelpOptions = true)
final class ManifestSelectCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "URL|FILE",
      description =
          "The URL of a repository (http or https) that has a manifest, or a manifest file.")
  private String source = "";

  @Mixin private ConnectOptions connection;

  @Mixin private BundlePreferenceOptions preferences;

  @Spec private CommandSpec spec;

  /** A manifest, and the capabilities of a client that got it this way. */
  private record Source(CloneBundleManifest manifest, ClientCapabilities capabilities) {}

  @Override
  public Integer call() throws IOException {
    Source found = source.matches("(?i)https?://.*") ? fetch() : read();
    BundleSelection selection =
        BundleSelection.of(
            found.manifest().entries(), found.capabilities(), preferences.preferences());
    PrintWriter out = spec.commandLine().getOut();
    for (CloneBundleEntry entry : selection.chosen()) {
      out.println("take: " + print(entry));
    }
    for (RejectedEntry rejected : selection.rejected()) {
      out.println("skip: " + print(rejected.entry()) + ": " + rejected.message());
    }
    for (ManifestFinding finding : found.manifest().findings()) {
      out.println(ManifestLintCommand.print(finding));
    }
    out.flush();
    return selection.chosen().isEmpty() ? 1 : 0;
  }

  private Source read() throws IOException {
    try (InputStream in = NamedInput.open(Path.of(source))) {
      return new Source(CloneBundleManifest.parse(bounded(in)), ClientCapabilities.ofPlatform());
    }
  }

  private Source fetch() throws IOException {
    try (Peer peer = connection.connect(source, ExchangeListener.NONE)) {
      if (peer.capabilities().command(ClonebundlesRequest.COMMAND) == null) {
        throw new IOException("the server offers no clone bundles");
      }
      boolean allowSha1 = peer.options().redirects().allowSha1();
      try (CommandResponse response = peer.call(new ClonebundlesRequest().toRequest())) {
        return new Source(
            manifest(response.next()),
            ClientCapabilities.ofPlatform()
                .withOrigin(peer.url())
                .withAllowSha1(allowSha1)
                .withInlineBundles(peer.hasInlineBundles()));
      }
    }
  }

  private static CloneBundleManifest manifest(@Nullable ResponseObject object) throws IOException {
    if (object instanceof ResponseObject.Value read && read.value() instanceof CborBytes bytes) {
      return CloneBundleManifest.parse(bytes.value());
    }
    if (object instanceof ResponseObject.Bytes bytes) {
      return CloneBundleManifest.parse(bounded(bytes.stream()));
    }
    throw new IOException(
        "the response of the server is not a manifest of clone bundles; report this to its"
            + " administrator");
  }

  private static ByteString bounded(InputStream in) throws IOException {
    return ByteString.copyOf(in.readNBytes(CloneBundleManifest.MAX_BYTES + 1));
  }

  private static String print(CloneBundleEntry entry) {
    String spec = entry.attribute(CloneBundleEntry.BUNDLESPEC);
    return "line "
        + entry.line()
        + ": "
        + entry.url()
        + (spec == null ? "" : " (" + PeerText.line(spec) + ")");
  }
}

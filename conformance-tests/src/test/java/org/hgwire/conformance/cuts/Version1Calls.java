// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cuts;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.client.Batch;
import org.hgwire.client.CommandResult;
import org.hgwire.client.bundle.BundleBytes;
import org.hgwire.client.bundle.BundleReader;
import org.hgwire.client.bundle.BundleRevision;
import org.hgwire.core.WireLimits;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.KnownRequest;
import org.hgwire.core.command.LookupRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.version1.GetbundleRequest;

/** Calls of each command of version 1. */
final class Version1Calls {
  private static final Node UNKNOWN = Node.fromHex("12".repeat(20));

  private Version1Calls() {}

  /** Returns calls of each command whose response is a text; none changes the repository. */
  static List<Call> texts(ServedRepository served) {
    String mark = served.marked.hex();
    return List.of(
        new Call("batch", (peer, delivery) -> results(peer.batch(), delivery)),
        new Call("branchmap", (peer, delivery) -> delivery.item(peer.branchmap())),
        new Call("clonebundles", (peer, delivery) -> delivery.item(peer.clonebundles())),
        new Call("heads", (peer, delivery) -> delivery.item(peer.heads())),
        new Call(
            "known", (peer, delivery) -> delivery.item(peer.known(List.of(served.root, UNKNOWN)))),
        new Call("listkeys", (peer, delivery) -> delivery.item(peer.listkeys("bookmarks"))),
        new Call("lookup", (peer, delivery) -> delivery.item(peer.lookup("mark"))),
        new Call(
            "pushkey",
            (peer, delivery) -> delivery.item(peer.pushkey("bookmarks", "mark", mark, mark))));
  }

  private static void results(Batch batch, Delivery delivery) throws IOException {
    List<CommandResult<?>> results = new ArrayList<>();
    results.add(batch.heads(HeadsRequest.ofAll()));
    results.add(batch.lookup(LookupRequest.of("mark")));
    results.add(batch.known(KnownRequest.of(UNKNOWN)));
    batch.send();
    for (CommandResult<?> result : results) {
      delivery.item(result.await());
    }
  }

  /** Returns calls of each command whose response is a stream, read as bytes. */
  static List<Call> streams() {
    return List.of(
        new Call(
            "getbundle",
            (peer, delivery) -> {
              try (InputStream stream = peer.getbundle(everything())) {
                delivery.stream(stream);
              }
            }),
        new Call(
            "get_cached_bundle_inline",
            (peer, delivery) -> {
              try (InputStream stream = peer.inlineBundle(ServedRepository.INLINE_BUNDLE)) {
                delivery.stream(stream);
              }
            }));
  }

  /** Returns the call of {@code getbundle}, read as the revisions of the bundle. */
  static Call revisions() {
    return new Call(
        "getbundle, revisions",
        (peer, delivery) -> {
          try (BundleReader reader =
              new BundleReader(
                  BundleBytes.of(peer.getbundle(everything())), WireLimits.defaults())) {
            for (BundleRevision next = reader.next(); next != null; next = reader.next()) {
              delivery.item(next.segment() + " " + next.path() + " " + next.header());
              delivery.stream(next.stream());
            }
          }
        });
  }

  private static GetbundleRequest everything() {
    return new GetbundleRequest(List.of(), List.of());
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cuts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.client.CommandResponse;
import org.hgwire.client.FieldData;
import org.hgwire.client.Peer;
import org.hgwire.client.RawStoreStream;
import org.hgwire.client.ResponseObject;
import org.hgwire.client.RevisionStream;
import org.hgwire.core.command.BranchmapRequest;
import org.hgwire.core.command.CapabilitiesRequest;
import org.hgwire.core.command.ChangesetField;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.ClonebundlesRequest;
import org.hgwire.core.command.FileField;
import org.hgwire.core.command.FiledataRequest;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.KnownRequest;
import org.hgwire.core.command.ListkeysRequest;
import org.hgwire.core.command.LookupRequest;
import org.hgwire.core.command.ManifestField;
import org.hgwire.core.command.ManifestdataRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PushkeyRequest;
import org.hgwire.core.command.RawstorefiledataRequest;
import org.hgwire.core.command.RevisionSpecifier;
import org.hgwire.core.command.TypedRequest;

/** Calls of each command of version 2, the first of which has a long response. */
final class Version2Calls {
  /** The names of the commands. */
  static final List<String> COMMANDS =
      List.of(
          BranchmapRequest.COMMAND,
          CapabilitiesRequest.COMMAND,
          ChangesetdataRequest.COMMAND,
          ClonebundlesRequest.COMMAND,
          FiledataRequest.COMMAND,
          FilesdataRequest.COMMAND,
          HeadsRequest.COMMAND,
          KnownRequest.COMMAND,
          ListkeysRequest.COMMAND,
          LookupRequest.COMMAND,
          ManifestdataRequest.COMMAND,
          PushkeyRequest.COMMAND,
          RawstorefiledataRequest.COMMAND);

  private Version2Calls() {}

  /** Returns requests for each command; none changes the repository. */
  static List<TypedRequest> requests(ServedRepository served) throws IOException {
    RevisionSpecifier all = RevisionSpecifier.ancestors(List.of(served.tip()));
    String mark = served.marked.hex();
    return List.of(
        ChangesetdataRequest.of(all, ChangesetField.values()),
        new BranchmapRequest(),
        new CapabilitiesRequest(),
        new ClonebundlesRequest(),
        FiledataRequest.of("a", List.of(served.file()), FileField.values()),
        FilesdataRequest.of(all, FileField.values()),
        HeadsRequest.ofAll(),
        HeadsRequest.ofPublic(),
        KnownRequest.of(served.root, Node.fromHex("12".repeat(20))),
        ListkeysRequest.of("bookmarks"),
        ListkeysRequest.of("namespaces"),
        LookupRequest.of("mark"),
        ManifestdataRequest.of(List.of(served.manifest()), ManifestField.values()),
        PushkeyRequest.of("bookmarks", "mark", mark, mark),
        RawstorefiledataRequest.of("changelog"));
  }

  /** Returns the calls of the requests, each read as objects and as what its command promises. */
  static List<Call> of(List<TypedRequest> requests) {
    List<Call> calls = new ArrayList<>();
    for (TypedRequest request : requests) {
      String name = request.command() + " " + calls.size() / 2;
      calls.add(
          new Call(
              name + ", objects",
              (peer, delivery) -> {
                try (CommandResponse response = peer.call(request.toRequest())) {
                  objects(response, delivery);
                }
              }));
      calls.add(new Call(name, (peer, delivery) -> records(peer, request, delivery)));
    }
    return calls;
  }

  /** Reads the objects of a response. */
  static void objects(CommandResponse response, Delivery delivery) throws IOException {
    for (ResponseObject next = response.next(); next != null; next = response.next()) {
      if (next instanceof ResponseObject.Bytes bytes) {
        delivery.stream(bytes.stream());
      } else {
        delivery.item(next);
      }
    }
  }

  private static void records(Peer peer, TypedRequest request, Delivery delivery)
      throws IOException {
    if (request instanceof ChangesetdataRequest changesets) {
      revisions(peer.changesetdata(changesets), delivery);
    } else if (request instanceof ManifestdataRequest manifests) {
      revisions(peer.manifestdata(manifests), delivery);
    } else if (request instanceof FiledataRequest file) {
      revisions(peer.filedata(file), delivery);
    } else if (request instanceof FilesdataRequest files) {
      revisions(peer.filesdata(files), delivery);
    } else if (request instanceof RawstorefiledataRequest raw) {
      files(peer.rawstorefiledata(raw), delivery);
    } else {
      delivery.item(result(peer, request));
    }
  }

  private static Object result(Peer peer, TypedRequest request) throws IOException {
    if (request instanceof BranchmapRequest branchmap) {
      return peer.branchmap(branchmap);
    } else if (request instanceof CapabilitiesRequest capabilities) {
      return peer.capabilities(capabilities);
    } else if (request instanceof ClonebundlesRequest clonebundles) {
      return peer.clonebundles(clonebundles);
    } else if (request instanceof HeadsRequest heads) {
      return peer.heads(heads);
    } else if (request instanceof KnownRequest known) {
      return peer.known(known);
    } else if (request instanceof ListkeysRequest listkeys) {
      return peer.listkeys(listkeys);
    } else if (request instanceof LookupRequest lookup) {
      return peer.lookup(lookup);
    } else if (request instanceof PushkeyRequest pushkey) {
      return peer.pushkey(pushkey);
    }
    throw new AssertionError(request);
  }

  private static <R> void revisions(RevisionStream<?, R> stream, Delivery delivery)
      throws IOException {
    try (stream) {
      delivery.item(stream.header());
      for (R record = stream.next(); record != null; record = stream.next()) {
        delivery.item(record);
        for (FieldData data = stream.nextField(); data != null; data = stream.nextField()) {
          delivery.item(data.name());
          delivery.stream(data.stream());
        }
      }
    }
  }

  private static void files(RawStoreStream stream, Delivery delivery) throws IOException {
    try (stream) {
      delivery.item(stream.header());
      for (var entry = stream.next(); entry != null; entry = stream.next()) {
        delivery.item(entry.file());
        delivery.stream(entry.bytes());
      }
    }
  }
}

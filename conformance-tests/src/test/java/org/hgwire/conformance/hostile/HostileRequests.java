// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.hostile;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hgwire.client.FieldData;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.RawStoreStream;
import org.hgwire.client.RevisionStream;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.ChangesetField;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.FileField;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.ManifestField;
import org.hgwire.core.command.ManifestdataRequest;
import org.hgwire.core.command.RawstorefiledataRequest;
import org.hgwire.core.command.RevisionSpecifier;
import org.hgwire.core.encoding.ContentEncodings;
import org.jspecify.annotations.Nullable;

/** Asks for all that a repository has, over both versions of the protocol. */
final class HostileRequests {
  private static final byte[] SECRET = HostileStores.OUTSIDE.getBytes(StandardCharsets.ISO_8859_1);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI url;
  private final CraftedStore store;
  private final Map<String, Outcome> outcomes = new TreeMap<>();

  /**
   * What came of a request.
   *
   * @param error what the client was told, or null if the response is whole
   * @param millis how long it took
   * @param leaked whether text of a file outside of the store was in it
   */
  record Outcome(@Nullable String error, long millis, boolean leaked) {}

  /** A request, which gives what it receives to a search. */
  private interface Request {
    void send(Search search) throws IOException, InterruptedException;
  }

  HostileRequests(URI url, CraftedStore store) {
    this.url = url;
    this.store = store;
  }

  /** Sends all requests, one after the other. */
  Map<String, Outcome> all() throws InterruptedException {
    version1("capabilities", "");
    version1("heads", "");
    version1("branchmap", "");
    version1("lookup", "key=tip");
    version1("lookup", "key=unknown");
    version1("listkeys", "namespace=bookmarks");
    version1("getbundle", "bundlecaps=HG20%2Cbundle2%3DHG20%250Achangegroup%253D02&cg=1");
    ask(
        "2 capabilities",
        search -> {
          try (Peer peer = peer()) {
            search.look(peer.capabilities().toString());
          }
        });
    version2("2 heads", (peer, search) -> search.look(peer.heads().toString()));
    version2("2 branchmap", (peer, search) -> search.look(peer.branchmap().toString()));
    version2("2 lookup", (peer, search) -> search.look(peer.lookup("tip").hex()));
    version2("2 listkeys", (peer, search) -> search.look(peer.listkeys("bookmarks").toString()));
    List<RevisionSpecifier> everything =
        List.of(new RevisionSpecifier.ChangesetDagRange(List.of(), List.of(store.tip())));
    version2(
        "2 changesetdata",
        (peer, search) ->
            read(
                peer.changesetdata(
                    new ChangesetdataRequest(everything, EnumSet.allOf(ChangesetField.class))),
                search));
    version2(
        "2 manifestdata",
        (peer, search) ->
            read(
                peer.manifestdata(
                    ManifestdataRequest.of(
                        List.of(store.manifest()), ManifestField.REVISION, ManifestField.PARENTS)),
                search));
    FilesdataRequest files =
        FilesdataRequest.of(everything.get(0), FileField.REVISION, FileField.LINKNODE);
    version2("2 filesdata", (peer, search) -> read(peer.filesdata(files), search));
    version2(
        "2 filesdata of children",
        (peer, search) -> read(peer.filesdata(files.havingParents()), search));
    version2(
        "2 filesdata of tip",
        (peer, search) ->
            read(
                peer.filesdata(
                    FilesdataRequest.of(
                        new RevisionSpecifier.ChangesetExplicit(List.of(store.tip())),
                        FileField.REVISION)),
                search));
    version2(
        "2 rawstorefiledata",
        (peer, search) -> {
          List<ByteString> kinds =
              List.of(ByteString.utf8("changelog"), ByteString.utf8("manifestlog"));
          try (RawStoreStream stream = peer.rawstorefiledata(new RawstorefiledataRequest(kinds))) {
            stream.header();
            for (RawStoreStream.Entry e = stream.next(); e != null; e = stream.next()) {
              search.look(e.bytes());
            }
          }
        });
    return outcomes;
  }

  private interface PeerRequest {
    void send(Peer peer, Search search) throws IOException;
  }

  private Peer peer() throws IOException {
    return Peer.connect(
        url,
        PeerOptions.builder()
            .encodings(ContentEncodings.named("identity"))
            .firstByteTimeout(Duration.ofSeconds(30))
            .build());
  }

  private void version2(String name, PeerRequest request) throws InterruptedException {
    try (Peer peer = peer()) {
      ask(name, search -> request.send(peer, search));
    } catch (IOException e) {
      // the outcome of "2 capabilities" has it
    }
  }

  private static void read(RevisionStream<?, ?> opened, Search search) throws IOException {
    try (RevisionStream<?, ?> stream = opened) {
      stream.header();
      for (Object record = stream.next(); record != null; record = stream.next()) {
        search.look(record.toString());
        for (FieldData field = stream.nextField(); field != null; field = stream.nextField()) {
          search.look(field.stream());
        }
      }
    }
  }

  private void version1(String command, String arguments) throws InterruptedException {
    ask(
        "1 " + command + " " + arguments.replaceFirst("&.*", ""),
        search -> {
          HttpRequest.Builder request =
              HttpRequest.newBuilder(URI.create(url + "?cmd=" + command))
                  .timeout(Duration.ofSeconds(30))
                  .header("x-hgproto-1", "0.1 0.2 comp=none");
          if (!arguments.isEmpty()) {
            request.header("x-hgarg-1", arguments);
          }
          HttpResponse<InputStream> response =
              http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
          byte[] start = search.look(response.body());
          String type = response.headers().firstValue("content-type").orElse("");
          String text = new String(start, StandardCharsets.ISO_8859_1);
          if (response.statusCode() != 200
              || !type.startsWith("application/mercurial-0.")
              || (command.equals("lookup") && text.startsWith("0 "))) {
            throw new IOException(response.statusCode() + " " + type + " " + text);
          }
        });
  }

  private void ask(String name, Request request) throws InterruptedException {
    Search search = new Search();
    String error = null;
    long begun = System.nanoTime();
    try {
      request.send(search);
    } catch (IOException | RuntimeException failure) {
      error = String.valueOf(failure.getMessage());
      search.look(error);
    }
    long millis = (System.nanoTime() - begun) / 1_000_000;
    outcomes.put(name, new Outcome(error, millis, search.found));
  }

  /** Looks for the text of files outside of the store in what is received. */
  private static final class Search {
    private boolean found;

    void look(String text) {
      found |= text.contains(HostileStores.OUTSIDE);
    }

    /** Reads all of a stream, and returns its first bytes. */
    byte[] look(InputStream input) throws IOException {
      byte[] buffer = new byte[1 << 16];
      byte[] start = new byte[0];
      int matched = 0;
      for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
        if (start.length == 0) {
          start = Arrays.copyOf(buffer, Math.min(count, 1000));
        }
        for (int i = 0; i < count; i++) {
          matched = buffer[i] == SECRET[matched] ? matched + 1 : buffer[i] == SECRET[0] ? 1 : 0;
          if (matched == SECRET.length) {
            found = true;
            matched = 0;
          }
        }
      }
      return start;
    }
  }
}

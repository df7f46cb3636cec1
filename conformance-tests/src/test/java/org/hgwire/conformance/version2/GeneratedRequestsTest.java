// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.hgwire.conformance.interop.BothServers;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgCommandServer;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.conformance.version1.KnownRevisions;
import org.hgwire.conformance.version2.Version2Client.Response;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.DiagnosticNotation;
import org.hgwire.core.message.CommandRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hundreds of generated requests of version 2, to our server and to that of hg 5.6.1, both over the
 * same repository: the same objects, but for each {@link IntendedDifference}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GeneratedRequestsTest {
  private static final long SEED = Long.getLong("generatedRequests.seed", 5_006_001);

  private final Version2Client client = new Version2Client();
  private Path source;
  private HgCommandServer hg;
  private BothServers servers;
  private KnownRevisions served;
  private KnownRevisions all;
  private RequestGenerator generator;

  @BeforeAll
  void serve(@TempDir Path temporary) throws Exception {
    Hg real = RealHg.require();
    source = new SampleRepositories(real).random(temporary.resolve("source"));
    hg = HgCommandServer.start(real);
    servers = BothServers.start(source, real, HgServe.V2);
    served = KnownRevisions.of(hg, source, "not secret() and not obsolete()");
    all = KnownRevisions.of(hg, source, "all()");
    generator = new RequestGenerator(SEED, served, all);
  }

  @AfterAll
  void close() throws Exception {
    servers.close();
    hg.close();
  }

  @Test
  void factsAreTheSame() throws Exception {
    List<CommandRequest> requests = new ArrayList<>();
    requests.add(request("branchmap", "{}"));
    requests.add(request("heads", "{}"));
    requests.add(request("heads", "{'publiconly': True}"));
    requests.add(request("heads", "{'publiconly': False}"));
    for (String namespace : List.of("bookmarks", "phases", "namespaces", "nothing", "")) {
      requests.add(request("listkeys", "{'namespace': '" + namespace + "'}"));
    }
    assertSame(requests);
    assertSame(30, generator::known);
  }

  @Test
  void namesAreLookedUpAlike() throws Exception {
    List<CommandRequest> requests = new ArrayList<>();
    for (String name : names()) {
      requests.add(
          CommandRequest.of("lookup", CborMap.builder().put("key", ByteString.utf8(name)).build()));
    }
    assertSame(requests);
  }

  private List<String> names() {
    List<String> names =
        new ArrayList<>(
            List.of("tip", "null", ".", "", "-1", "-2", "-99999", "0", "00", "5", "99999", "-0"));
    names.addAll(List.of("a", "ff", "nothing", "é", "tip^", "0000000", "0".repeat(40)));
    names.addAll(List.of("f".repeat(40), "f".repeat(39), "f".repeat(41), "x".repeat(20)));
    String all = "{node}\n{short(node)}\n{sub('^(...).*', r'\\1', node)}\n{rev}\n{branch}\n";
    String[] hidden = {"log", "--hidden", "-r", "all()", "-T", all};
    List<String> generated = new ArrayList<>(hg.run(source, hidden).lines().distinct().toList());
    Collections.shuffle(generated, new Random(SEED));
    names.addAll(generated.subList(0, 80));
    names.addAll(hg.run(source, "bookmarks", "-T", "{bookmark}\n").lines().toList());
    names.addAll(hg.run(source, "tags", "-T", "{tag}\n").lines().toList());
    return names;
  }

  @Test
  void changesetsAreTheSame() throws Exception {
    assertSame(60, generator::changesetdata);
    assertSame(15, generator::hiddenChangesetdata);
  }

  @Test
  void manifestsAreTheSame() throws Exception {
    assertSame(60, generator::manifestdata);
    assertSame(10, generator::hiddenManifestdata);
  }

  @Test
  void fileIsTheSame() throws Exception {
    assertSame(60, generator::filedata);
    assertSame(10, generator::hiddenFiledata);
  }

  @Test
  void filesAreTheSame() throws Exception {
    assertSame(60, () -> generator.filesdata(false));
    assertSame(20, () -> generator.filesdata(true));
  }

  @Test
  void whatIsWrongFailsAlike() throws Exception {
    String some = "h'" + "ab".repeat(20) + "'";
    String explicit = "{'type': 'changesetexplicit', 'nodes': [" + some + "]}";
    String range = "{'type': 'changesetdagrange', 'roots': [], 'heads': ";
    String depth = "{'type': 'changesetexplicitdepth', 'nodes': [" + some + "], 'depth': ";
    List<CommandRequest> requests = new ArrayList<>();
    for (String revisions :
        List.of(
            "[" + explicit + "]",
            "[" + range + "[" + some + "]}]",
            "[" + range + "[]}]",
            "[{'type': 'changesetdagrange', 'roots': []}]",
            "[{'type': 'changesetdagrange', 'roots': [" + some + "], 'heads': [" + some + "]}]",
            "[{'type': 'changesetdagrange'}]",
            "[{'type': 'changesetexplicit'}]",
            "[{'type': 'nonsense'}]",
            "[{}]",
            "[" + depth + "1}]",
            "[" + depth + "'one'}]",
            "[{'type': 'changesetexplicitdepth', 'nodes': []}]",
            "[{'type': 'changesetexplicit', 'nodes': ['short']}]",
            "'a string'",
            "[1]",
            "None")) {
      requests.add(request("changesetdata", "{'revisions': " + revisions + "}"));
      requests.add(request("filesdata", "{'revisions': " + revisions + "}"));
    }
    for (String arguments : List.of("{}", "{'nonsense': 1}", "{'fields': {'revision'}}")) {
      for (String command :
          List.of(
              "changesetdata",
              "filedata",
              "filesdata",
              "known",
              "listkeys",
              "lookup",
              "manifestdata",
              "rawstorefiledata")) {
        requests.add(request(command, arguments));
      }
    }
    String filter = "{'revisions': [" + range + "[" + some + "]}], 'pathfilter': ";
    String nodes = "'nodes': [" + some + "]";
    requests.addAll(
        List.of(
            request("heads", "{'publiconly': 'yes'}"),
            request("heads", "{'nonsense': True}"),
            request("branchmap", "{'nonsense': True}"),
            request("known", "{'nodes': ['short']}"),
            request("known", "{'nodes': " + some + "}"),
            request("listkeys", "{'namespace': 1}"),
            request("lookup", "{'key': 1}"),
            request("lookup", "{'key': None}"),
            request("filedata", "{'path': 'no/such/file', " + nodes + "}"),
            request("filedata", "{'path': 'file-1', " + nodes + "}"),
            request("filedata", "{'path': 'file-1', 'nodes': ['short']}"),
            request("filedata", "{'path': 'file-1'}"),
            request("filedata", "{'path': 'file-1', " + nodes + ", 'fields': {'nonsense'}}"),
            request("manifestdata", "{'tree': '', " + nodes + "}"),
            request("manifestdata", "{'tree': 'dir0/', " + nodes + "}"),
            request("manifestdata", "{'tree': ''}"),
            request("filesdata", filter + "{'include': {'glob:*'}}}"),
            request("filesdata", filter + "{'include': 'path:a'}}"),
            request("filesdata", filter + "[]}"),
            request("rawstorefiledata", "{'files': ['nonsense']}"),
            request("rawstorefiledata", "{'files': ['changelog']}"),
            request("nonsense", "{}")));
    assertSame(requests);
  }

  private static CommandRequest request(String command, String arguments) {
    return CommandRequest.of(command, (CborMap) DiagnosticNotation.parse(arguments));
  }

  private void assertSame(int count, Supplier<CommandRequest> requests) throws Exception {
    List<CommandRequest> generated = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      generated.add(requests.get());
    }
    assertSame(generated);
  }

  private void assertSame(List<CommandRequest> requests) throws Exception {
    List<Comparison> differences = new ArrayList<>();
    for (CommandRequest request : requests) {
      Response theirs = client.call(servers.theirs(), request);
      Response ours = client.call(servers.ours(), request);
      try {
        Comparison comparison = Comparison.of(request, theirs, ours, served, all);
        if (!comparison.isEqual() && !IntendedDifference.isListed(comparison)) {
          differences.add(comparison);
        }
      } catch (AssertionError e) {
        throw new AssertionError(
            "seed " + SEED + ": " + DiagnosticNotation.print(request.toCbor()), e);
      }
    }
    assertThat(differences).as("differences of seed %d", SEED).isEmpty();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.server.AccessControl;
import org.hgwire.server.AccessDecision;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.CloneBundleSource;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.Permission;
import org.hgwire.server.http.Version1Client.Response;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Version1Test {
  private static final CloneBundleSource SOURCE =
      (caller, repository) ->
          caller.host().equals("nobundles")
              ? null
              : CloneBundleManifest.of(
                  List.of(
                      CloneBundleEntry.of("https://h/a", Map.of("BUNDLESPEC", "gzip-v2")),
                      CloneBundleEntry.of(
                          "peer-bundle-cache://b.hg", Map.of("BUNDLESPEC", "gzip-v2"))));

  private final MemoryRepository repository = MemoryRepository.nonPublishing();
  private AccessControl control = AccessControl.pullOnly();
  private CloneBundleSource source = SOURCE;
  private UnaryOperator<ServerOptions.Builder> others = options -> options;

  private Version1Client client() {
    return new Version1Client(
        new HttpEndpoint(
            others
                .apply(
                    ServerOptions.builder(RepositoryResolver.atRoot(repository))
                        .cloneBundles(source)
                        .accessControl(control))
                .build()));
  }

  private Response get(String target) throws IOException {
    return client().get(target);
  }

  private List<String> capabilities() throws IOException {
    return List.of(get("/?cmd=capabilities").body().split(" "));
  }

  @Test
  void capabilitiesAreThoseOfTheServer() throws IOException {
    assertThat(capabilities())
        .containsExactly(
            "batch",
            "branchmap",
            "bundle2=HG20%0Abookmarks%0Achangegroup%3D01%2C02%2C03%0Alistkeys%0Aphases%3Dheads",
            "clonebundles",
            "clonebundles_manifest",
            "compression=zstd,zlib",
            "getbundle",
            "httpheader=1024",
            "httpmediatype=0.1rx,0.1tx,0.2tx",
            "httppostargs",
            "known",
            "lookup",
            "pushkey");
  }

  @ParameterizedTest
  @CsvSource({
    "branchmap, branchmap",
    "clonebundles, clonebundles",
    "clonebundles, clonebundles_manifest",
    "getbundle, getbundle",
    "known, known",
    "listkeys, pushkey",
    "lookup, lookup"
  })
  void commandThatIsLeftOutIsNotAdvertised(String command, String capability) throws IOException {
    assertThat(capabilities()).contains(capability);
    others = options -> options.withoutCommand(command);

    assertThat(capabilities()).doesNotContain(capability);
    Response response = get("/?cmd=" + command);
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).isEqualTo("there is no command \"" + command + "\" here\n");
  }

  @Test
  void wrappedCommandIsWrappedInVersion1() throws IOException {
    others =
        options ->
            options.wrapCommand(
                "heads",
                inner ->
                    call -> {
                      throw new CommandException("no heads today");
                    });

    Response response = get("/?cmd=heads");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.mediaType()).isEqualTo("application/hg-error");
    assertThat(response.body()).isEqualTo("no heads today\n");
    assertThat(get("/?cmd=batch&cmds=known+nodes%3D;heads+").body()).isEqualTo("no heads today\n");
  }

  @Test
  void v1CapabilitiesInHandshakeAdvertiseBundles() throws IOException {
    HttpFields upgrade =
        HttpFields.of("X-HgUpgrade-1", "exp-http-v2-0003").with("X-HgProto-1", "cbor");

    Response response = client().get("/?cmd=capabilities", upgrade);

    assertThat(response.mediaType()).isEqualTo("application/mercurial-cbor");
    assertThat(response.body()).contains("batch branchmap bundle2=").contains(" clonebundles ");
  }

  @Test
  void handshakeVariesWithItsFieldsAndIsNotStored() throws IOException {
    HttpFields upgrade =
        HttpFields.of("X-HgUpgrade-1", "exp-http-v2-0003").with("X-HgProto-1", "cbor");
    for (HttpFields fields : List.of(HttpFields.empty(), upgrade)) {
      Response response = client().get("/?cmd=capabilities", fields);
      assertThat(response.fields().first("Vary")).isEqualTo("X-HgUpgrade-1, X-HgProto-1");
      assertThat(response.fields().first("Cache-Control")).isEqualTo("no-store");
    }
  }

  @Test
  void cloneBundlesAreThoseForTheCaller() throws IOException {
    Response manifest = get("/?cmd=clonebundles");
    assertThat(manifest.status()).isEqualTo(200);
    assertThat(manifest.mediaType()).isEqualTo("application/mercurial-0.1");
    assertThat(manifest.body()).isEqualTo("https://h/a BUNDLESPEC=gzip-v2\n");
    assertThat(get("/?cmd=clonebundles_manifest").body()).isEqualTo(manifest.body());

    HttpFields host = HttpFields.of("Host", "nobundles");
    assertThat(client().get("/?cmd=capabilities", host).body()).doesNotContain("clonebundles");
    assertThat(client().get("/?cmd=clonebundles", host).body()).isEmpty();

    source = CloneBundleSource.NONE;
    assertThat(capabilities()).doesNotContain("clonebundles", "clonebundles_manifest");
    assertThat(get("/?cmd=clonebundles").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"branches", "changegroup", "changegroupsubset", "stream_out", "unbundle"})
  void commandsThatAreNotServedAreRefusedByName(String command) throws IOException {
    Response response = get("/?cmd=" + command);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.mediaType()).isEqualTo("application/hg-error");
    assertThat(response.body()).startsWith("the command " + command + " is not served here: ");
    assertThat(capabilities()).noneMatch(word -> word.startsWith(command));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nosuch", "hello", "between", "protocaps", "changesetdata", "%00%0A"})
  void unknownCommandIs400(String command) throws IOException {
    Response response = get("/?cmd=" + command);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).startsWith("there is no command ").hasLineCount(1);
  }

  @Test
  void headsAreThoseThatMayBeServed() throws IOException {
    assertThat(get("/?cmd=heads").body()).isEqualTo(Node.NULL.hex() + "\n");

    Node base = repository.commit().message("a").write("a", "a").commit();
    Node one = repository.commit().parent(base).message("b").write("b", "b").commit();
    Node two = repository.commit().parent(base).message("c").write("c", "c").commit();
    Node secret =
        repository.commit().parent(two).message("s").phase(Phase.SECRET).write("s", "s").commit();

    Response heads = get("/?cmd=heads");
    assertThat(heads.body()).isEqualTo(two.hex() + " " + one.hex() + "\n");
    assertThat(heads.mediaType()).isEqualTo("application/mercurial-0.1");
    assertThat(heads.fields().first("Cache-Control")).isEqualTo("no-store");
    assertThat(
            get("/?cmd=known&nodes=" + secret.hex() + "+" + one.hex() + "+" + Node.NULL.hex())
                .body())
        .isEqualTo("011");
  }

  @Test
  void branchesAreQuoted() throws IOException {
    assertThat(get("/?cmd=branchmap").body()).isEmpty();
    Node base = repository.commit().message("a").write("a", "a").commit();
    Node odd = repository.commit().parent(base).branch("a b/\u00e9~:%").message("b").commit();

    assertThat(get("/?cmd=branchmap").body())
        .isEqualTo("a%20b/%C3%A9~%3A%25 " + odd.hex() + "\ndefault " + base.hex());
  }

  @Test
  void keysAreListedWithTabsAndNewlines() throws IOException {
    Node draft = repository.commit().message("a").write("a", "a").commit();
    repository.bookmark("here", draft);
    repository.bookmark("there", draft);
    repository.bookmark("there@1", draft);
    repository.bookmark("end@", draft);
    repository.bookmark("a\tb", draft);

    assertThat(get("/?cmd=listkeys&namespace=phases").body()).isEqualTo(draft.hex() + "\t1");
    assertThat(get("/?cmd=listkeys&namespace=bookmarks").body().lines())
        .containsExactlyInAnyOrder(
            "end@\t" + draft.hex(), "here\t" + draft.hex(), "there\t" + draft.hex());
    assertThat(get("/?cmd=listkeys&namespace=nosuch").body()).isEmpty();
  }

  @Test
  void lookupFindsOrSaysWhatIsUnknown() throws IOException {
    assertThat(get("/?cmd=lookup&key=tip").body()).isEqualTo("1 " + Node.NULL.hex() + "\n");
    Node node = repository.commit().message("a").write("a", "a").commit();

    assertThat(get("/?cmd=lookup&key=tip").body()).isEqualTo("1 " + node.hex() + "\n");
    assertThat(get("/?cmd=lookup&key=a+b%25").body()).isEqualTo("0 unknown revision 'a b%'\n");
  }

  @Test
  void batchEscapesItsResponses() throws IOException {
    Node node = repository.commit().message("a").write("a", "a").commit();
    repository.bookmark("a:b,c;d=e", node);

    assertThat(
            get("/?cmd=batch&cmds=lookup+key%3Da:cb:oc:sd:ee;heads+;listkeys+x%3Dy,namespace%3D"
                    + "bookmarks")
                .body())
        .isEqualTo("1 " + node.hex() + "\n;" + node.hex() + "\n;a:cb:oc:sd:ee\t" + node.hex());
    assertThat(get("/?cmd=batch&cmds=").body()).isEmpty();
    assertThat(get("/?cmd=batch&cmds=known+nodes%3D;known+nodes%3D").body()).isEqualTo(";");
  }

  @ParameterizedTest
  @CsvSource({
    "heads+;nosuch+, there is no command \"nosuch\" here",
    "heads+;batch+cmds%3Dheads, a batch must not contain another",
    "getbundle+, a batch must not contain a command with a stream",
    "lookup+key%3Da:x, the batch is malformed: the batch has an invalid escape",
    "lookup+key%3Da:, the batch is malformed: the batch has an invalid escape",
    "lookup+key%3Da:;heads+, the batch is malformed: the batch has an invalid escape",
    "'lookup+key%3Da,key%3Db', 'the batch is malformed: the argument \"key\" is sent twice'",
    "lookup+, 'the arguments of lookup are malformed: the argument \"key\" is missing'",
  })
  void malformedBatchIs400(String commands, String reason) throws IOException {
    Response response = get("/?cmd=batch&cmds=" + commands);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).isEqualTo(reason + "\n");
  }

  @Test
  void batchOfHundredCommandsIsServedAndOfOneMoreRefused() throws IOException {
    String hundred = "known+nodes%3D;".repeat(99) + "known+nodes%3D";

    assertThat(get("/?cmd=batch&cmds=" + hundred).body()).isEqualTo(";".repeat(99));
    Response more = get("/?cmd=batch&cmds=" + hundred + ";heads+");
    assertThat(more.status()).isEqualTo(400);
    assertThat(more.body()).contains("more than 100 commands (max-batch-commands)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clonebundles",
        "clonebundles_manifest",
        "get_cached_bundle_inline&path=b.hg",
        "heads",
        "listkeys&namespace=phases",
        "capabilities",
        "getbundle",
        "batch&cmds=heads+",
        "nosuch"
      })
  void callerWithoutPermissionIsRefused(String command) throws IOException {
    control = asked -> AccessDecision.refused();

    Response response = get("/?cmd=" + command);

    assertThat(response.status()).isEqualTo(403);
    assertThat(response.body()).isEqualTo("permission denied");
  }

  @Test
  void eachCommandOfABatchNeedsItsPermission() throws IOException {
    control =
        asked ->
            asked.command().equals("lookup")
                ? AccessDecision.passwordRequired("hg")
                : AccessDecision.allowed();

    assertThat(get("/?cmd=batch&cmds=heads+;known+nodes%3D").status()).isEqualTo(200);
    Response response = get("/?cmd=batch&cmds=heads+;lookup+key%3Dtip");
    assertThat(response.status()).isEqualTo(401);
    assertThat(response.fields().first("WWW-Authenticate")).isEqualTo("Basic realm=\"hg\"");
  }

  @Test
  void pushkeyNeedsThePermissionToPush() throws IOException {
    Node node = repository.commit().message("a").write("a", "a").commit();
    String arguments = "namespace=bookmarks&key=b&old=&new=" + node.hex();

    assertThat(client().post("/?cmd=pushkey", arguments).status()).isEqualTo(403);
    assertThat(
            client()
                .post(
                    "/?cmd=batch",
                    "cmds=pushkey+namespace%3Dbookmarks,key%3Db,old%3D,new%3D" + node.hex())
                .status())
        .isEqualTo(403);
    assertThat(get("/?cmd=listkeys&namespace=bookmarks").body()).isEmpty();

    control = AccessControl.open();
    assertThat(get("/?cmd=pushkey&" + arguments).status()).isEqualTo(405);
    assertThat(
            get("/?cmd=batch&cmds=pushkey+namespace%3Dbookmarks,key%3Db,old%3D,new%3D" + node.hex())
                .status())
        .isEqualTo(403);
    assertThat(get("/?cmd=listkeys&namespace=bookmarks").body()).isEmpty();
    assertThat(client().post("/?cmd=pushkey", arguments).body()).isEqualTo("1\n");
    assertThat(client().post("/?cmd=pushkey", "namespace=bookmarks&key=b&old=&new=").body())
        .isEqualTo("0\n");
    assertThat(get("/?cmd=listkeys&namespace=bookmarks").body()).isEqualTo("b\t" + node.hex());
  }

  @Test
  void permissionOfEachCommandIsAskedOnce() throws IOException {
    List<String> asked = new ArrayList<>();
    control =
        request -> {
          asked.add(request.permission() + " " + request.command());
          return AccessDecision.allowed();
        };
    get("/?cmd=batch&cmds=heads+;heads+;lookup+key%3Dtip");
    client().post("/?cmd=pushkey", "namespace=bookmarks&key=b&old=&new=");

    assertThat(asked)
        .containsExactly(
            Permission.PULL + " batch",
            Permission.PULL + " heads",
            Permission.PULL + " lookup",
            Permission.PULL + " pushkey",
            Permission.PUSH + " pushkey");
  }
}

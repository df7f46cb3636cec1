// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.command.Node;
import org.hgwire.core.version1.ArgumentForm;
import org.hgwire.core.version1.Version1Capabilities;
import org.hgwire.core.version1.Version1Request;

/** Requests of version 1, and the forms that their arguments have in HTTP. */
public final class Version1Arbitraries {
  private Version1Arbitraries() {}

  /** Sound requests: commands of version 1 with arguments that they have. */
  public static Arbitrary<Version1Request> requests() {
    Arbitrary<List<Node>> nodes = RequestArbitraries.nodes().list().ofMaxSize(4);
    Arbitrary<ByteString> keys =
        Arbitraries.oneOf(
            Arbitraries.of("bookmarks", "namespaces", "tip", "0", ".").map(ByteString::utf8),
            DamageArbitraries.noise(20));
    return Arbitraries.oneOf(
        Arbitraries.of("capabilities", "heads", "branchmap", "clonebundles", "hello")
            .map(Version1Request::of),
        nodes.map(each -> Version1Request.of("known").with("nodes", each)),
        keys.map(each -> Version1Request.of("lookup").with("key", each)),
        keys.map(each -> Version1Request.of("listkeys").with("namespace", each)),
        Combinators.combine(nodes, nodes, Arbitraries.of("", "HG20", "HG20,bundle2=HG20%0A"))
            .as(
                (common, heads, capabilities) ->
                    Version1Request.of("getbundle")
                        .with("common", common)
                        .with("heads", heads)
                        .with("bundlecaps", ByteString.utf8(capabilities))),
        batches());
  }

  private static Arbitrary<Version1Request> batches() {
    return Arbitraries.of("heads ", "known nodes=", "listkeys namespace=phases", "lookup key=a:cb")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(
            commands ->
                Version1Request.of("batch")
                    .with("cmds", ByteString.utf8(String.join(";", commands))));
  }

  /** Nearly sound requests: any command with any arguments. */
  public static Arbitrary<Version1Request> nearlySoundRequests() {
    Arbitrary<SortedMap<String, ByteString>> arguments =
        Arbitraries.maps(
                Arbitraries.of("nodes", "key", "cmds", "heads", "common", "x", "*", ""),
                DamageArbitraries.noise(60))
            .ofMaxSize(4)
            .map(TreeMap::new);
    return Combinators.combine(
            Arbitraries.of("known", "lookup", "getbundle", "batch", "unbundle", "nothing"),
            arguments)
        .as(Version1Request::new);
  }

  /** The forms of {@code requests} for each kind of server: query, header fields or body. */
  public static Arbitrary<ArgumentForm> forms(Arbitrary<Version1Request> requests) {
    Arbitrary<Version1Capabilities> servers =
        Arbitraries.of("", "httpheader=64", "httpheader=1024", "httppostargs")
            .map(text -> Version1Capabilities.parse(ByteString.utf8(text)));
    return Combinators.combine(requests, servers).as(ArgumentForm::of);
  }

  /** Sound forms of sound requests. */
  public static Arbitrary<ArgumentForm> forms() {
    return forms(requests());
  }

  /**
   * Hostile forms: damaged queries, header fields and bodies, fields with a gap in their numbers,
   * and a length of posted arguments that is wrong.
   */
  public static Arbitrary<ArgumentForm> hostileForms() {
    return Combinators.combine(
            forms(Arbitraries.oneOf(requests(), nearlySoundRequests())),
            DamageArbitraries.damages(),
            Arbitraries.integers().between(0, 20),
            Arbitraries.of("0", "-1", "1", "99999999999999999999", "x", ""))
        .as(Version1Arbitraries::damaged);
  }

  private static ArgumentForm damaged(ArgumentForm form, Damage damage, int place, String length) {
    Map<String, String> headers = new LinkedHashMap<>();
    int number = 0;
    for (Map.Entry<String, String> field : form.headers().entrySet()) {
      String name = field.getKey();
      if (number == place) {
        name = HttpV2Api.ARGUMENTS_HEADER + "-" + (place * place);
      }
      boolean posted = name.equals(HttpV2Api.POSTED_ARGUMENTS_HEADER);
      headers.put(name, posted ? length : field.getValue());
      number++;
    }
    ByteString body = form.body();
    return new ArgumentForm(
        place == 0 || (body == null && headers.isEmpty())
            ? printable(damage.applyTo(ByteString.utf8(form.query())))
            : form.query(),
        headers,
        body == null ? null : damage.applyTo(body));
  }

  /** A request line has no spaces or control characters: a transport refuses it before. */
  private static String printable(ByteString bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes.length(); i++) {
      int c = bytes.at(i) & 0x7f;
      text.append((char) (c > ' ' && c < 0x7f ? c : '%'));
    }
    return text.toString();
  }
}

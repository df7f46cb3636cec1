// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.hgwire.conformance.content.RedirectingServer;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.frame.FrameType;

/** Redirects that are advertised, issued, or served wrongly. */
final class RedirectMutants {
  private static final CborMap OFFER = Offers.of(RedirectingServer.TARGET, "sha256");
  private static final CborMap OK = CborMap.builder().put("status", ByteString.utf8("ok")).build();

  private RedirectMutants() {}

  static List<Mutant> all() {
    List<Mutant> mutants = new ArrayList<>();
    addCapabilities(mutants);
    addOffers(mutants);
    addLocations(mutants);
    addContent(mutants);
    return mutants;
  }

  private static void addCapabilities(List<Mutant> all) {
    target(all, "targets have no names", map -> CommandCalls.without(map, "name"));
    target(
        all,
        "protocols are written with a colon",
        map -> CommandCalls.with(map, "protocol", CborBytes.utf8("http:")));
    target(
        all,
        "URIs are no list",
        map -> CommandCalls.with(map, "uris", CborBytes.utf8("http://h/")));
    target(
        all,
        "URIs are of another scheme than the protocol",
        map -> CommandCalls.with(map, "uris", CborArray.of(CborBytes.utf8("ftp://h/"))));
    target(
        all,
        "whether SNI is required is a number",
        map -> CommandCalls.with(map, "snirequired", CborInteger.of(0)));
    target(
        all,
        "versions of TLS have the names of the platform",
        map -> CommandCalls.with(map, "tlsversions", CborArray.of(CborBytes.utf8("TLSv1.2"))));
    redirect(
        all,
        "targets are names",
        map ->
            CommandCalls.with(
                map, "targets", CborArray.of(CborBytes.utf8(RedirectingServer.TARGET))));
    redirect(
        all,
        "a target is advertised twice",
        map -> CommandCalls.with(map, "targets", CborArray.of(firstTarget(map), firstTarget(map))));
    redirect(
        all,
        "the hash is no list",
        map -> CommandCalls.with(map, "hashes", CborBytes.utf8("sha256")));
    redirect(
        all,
        "only SHA-1 is advertised",
        map -> CommandCalls.with(map, "hashes", CborArray.of(CborBytes.utf8("sha1"))));
    all.add(
        new Mutant(
            "redirect/capabilities/*",
            "the handshake has no redirects",
            Fault.response((call, reply) -> withoutRedirects(reply))));
  }

  private static CborMap firstTarget(CborMap redirect) {
    return (CborMap) ((CborArray) redirect.require("targets")).items().get(0);
  }

  private static void target(List<Mutant> all, String name, UnaryOperator<CborMap> change) {
    redirect(
        all,
        name,
        map -> CommandCalls.with(map, "targets", CborArray.of(change.apply(firstTarget(map)))));
  }

  private static void redirect(List<Mutant> all, String name, UnaryOperator<CborMap> change) {
    all.add(
        new Mutant(
            "redirect/capabilities/*",
            name,
            new WrongObjects(
                "capabilities",
                (arguments, objects) -> {
                  CborMap capabilities = (CborMap) objects.get(0);
                  CborMap redirect = (CborMap) capabilities.require("redirect");
                  return List.of(
                      CommandCalls.with(capabilities, "redirect", change.apply(redirect)));
                })));
  }

  private static Reply withoutRedirects(Reply reply) {
    CborMap handshake =
        reply.type().equals(HttpV2Api.CBOR_MEDIA_TYPE) ? CommandCalls.read(reply.body()) : null;
    if (handshake == null || !(handshake.get("apis") instanceof CborMap apis)) {
      return reply;
    }
    CborMap api = CommandCalls.without((CborMap) apis.require(HttpV2Api.NAME), "redirect");
    return reply.withBody(
        CborEncoder.encode(
            CommandCalls.with(handshake, "apis", CommandCalls.with(apis, HttpV2Api.NAME, api))));
  }

  private static void addOffers(List<Mutant> all) {
    offer(all, "requests are redirected whatever they offer", Offers.taken(offer -> OFFER));
    offer(
        all,
        "any offer is one of all targets",
        Offers.taken(offer -> offer == null ? null : OFFER));
    offer(
        all,
        "unknown targets are refused",
        Fault.refuses(
            Offers.names(
                names -> names.size() > 1 && names.contains(CborBytes.utf8("no-such-target")))));
    offer(
        all,
        "unknown hashes are refused",
        Fault.refuses(
            Offers.names(
                names -> names.size() > 1 && names.contains(CborBytes.utf8("no-such-hash")))));
    offer(
        all,
        "unknown keys of offers are refused",
        Fault.refuses(Offers.any(offer -> offer instanceof CborMap map && map.size() > 2)));
    offer(
        all,
        "names that occur twice are refused",
        Fault.refuses(Offers.names(names -> new HashSet<>(names).size() < names.size())));
    offer(
        all,
        "malformed offers end in an exception",
        Fault.crashes(Offers.any(Offers::isMalformed)));
    offer(
        all,
        "thousands of names end in an exception",
        Fault.crashes(Offers.names(names -> names.size() > 1000)));
    offer(
        all,
        "long names end in an exception",
        Fault.crashes(
            Offers.names(
                names ->
                    names.stream()
                        .anyMatch(
                            name ->
                                name instanceof CborBytes bytes
                                    && bytes.value().length() > 1000))));
    offer(
        all,
        "settings and offers together are refused",
        Fault.refuses(Offers.any(offer -> true).and(RedirectMutants::hasSettings)));
    offer(all, "failures are redirected", new RedirectedFailures());
  }

  private static boolean hasSettings(Call call) {
    return FrameMutants.any(next -> next.type() == FrameType.SENDER_PROTOCOL_SETTINGS.code())
        .test(RawFrame.parse(call.body()));
  }

  private static void offer(List<Mutant> all, String name, Fault fault) {
    all.add(new Mutant("redirect/r*", name, fault));
  }

  private static void addLocations(List<Mutant> all) {
    location(
        all,
        "objects follow a redirect",
        WrongRedirect.objects(objects -> List.of(objects.get(0), CborMap.empty())));
    url(all, "URLs are relative", url -> url.replaceFirst("https?://[^/]*/", ""));
    url(all, "URLs have user info", url -> url.replace("://", "://me:secret@"));
    url(all, "URLs are of another scheme", url -> url.replaceFirst("^http", "ftp"));
    url(all, "URLs are of another host", url -> url.replace("127.0.0.1", "127.0.0.2"));
    key(all, "the media type is that of files", "mediatype", old -> text("application/x-file"));
    key(all, "the size is a string", "size", old -> text("12"));
    key(all, "hashes are a map", "fullhashes", old -> CborMap.empty());
    hashes(all, "hashes are named twice", hash -> List.of(hash, hash));
    hashes(
        all,
        "hashes are sent that nobody named",
        hash -> List.of(hash, CborArray.of(text("sha1"), text("a".repeat(20)))));
    hashes(
        all,
        "hashes are hexadecimal",
        hash ->
            List.of(
                CborArray.of(
                    hash.items().get(0), text(((CborBytes) hash.items().get(1)).value().hex()))));
    location(
        all,
        "the seed is a number",
        WrongRedirect.location(map -> CommandCalls.with(map, "fullhashseed", CborInteger.of(1))));
    location(
        all,
        "certificates are PEM",
        WrongRedirect.location(
            map ->
                CommandCalls.with(
                    map, "serverdercerts", CborArray.of(text("-----BEGIN CERTIFICATE-----")))));
  }

  private static CborBytes text(String text) {
    return CborBytes.utf8(text);
  }

  private static void location(List<Mutant> all, String name, Fault fault) {
    all.add(new Mutant("redirect/*", name, fault));
  }

  private static void key(
      List<Mutant> all, String name, String key, UnaryOperator<CborValue> change) {
    location(all, name, WrongRedirect.key(key, change));
  }

  private static void url(List<Mutant> all, String name, UnaryOperator<String> change) {
    key(all, name, "url", old -> text(change.apply(((CborBytes) old).value().utf8())));
  }

  private static void hashes(
      List<Mutant> all, String name, Function<CborArray, List<CborArray>> each) {
    key(
        all,
        name,
        "fullhashes",
        old ->
            new CborArray(
                ((CborArray) old)
                    .items().stream()
                        .flatMap(hash -> each.apply((CborArray) hash).stream())
                        .<CborValue>map(hash -> hash)
                        .toList()));
  }

  private static void addContent(List<Mutant> all) {
    content(all, "content is not there yet", WrongContent.sent(old -> Reply.text(404, "no\n")));
    content(
        all,
        "content asks for credentials",
        WrongContent.sent(reply -> Reply.text(401, "who are you?\n")));
    content(
        all,
        "content lacks its last byte",
        WrongContent.bytes(body -> body.substring(0, body.length() - 1)));
    content(
        all,
        "content begins with a status",
        WrongContent.bytes(body -> WrongContent.joined(CborEncoder.encode(OK), body)));
    content(
        all,
        "content is that of another state",
        WrongContent.bytes(
            body -> WrongContent.joined(body, CborEncoder.encode(CborBoolean.TRUE))));
    content(all, "content has no media type", WrongContent.sent(reply -> reply.withType("a/b")));
    content(all, "content changes", WrongContent.changing());
    content(all, "there is content at any URL", WrongContent.foundEverywhere());
    content(all, "directories are listed", WrongContent.listed());
  }

  private static void content(List<Mutant> all, String name, Fault fault) {
    all.add(new Mutant("redirect/content/*", name, fault));
  }
}

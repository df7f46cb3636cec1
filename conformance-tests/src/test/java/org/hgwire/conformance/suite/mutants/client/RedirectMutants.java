// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.hgwire.conformance.suite.mutants.CommandCalls;
import org.hgwire.conformance.suite.mutants.RawFrame;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;

/** Faults in the following of redirects. */
final class RedirectMutants {
  private static final String CASES = "client/redirect/*";
  private static final Set<String> OF_LOCATIONS =
      Set.of("url", "mediatype", "size", "fullhashes", "fullhashseed", "serverdercerts");

  private RedirectMutants() {}

  static List<ClientMutant> all() {
    List<ClientMutant> mutants = new ArrayList<>();
    responses(mutants);
    locations(mutants);
    content(mutants);
    hashes(mutants);
    withoutEnd(mutants);
    return mutants;
  }

  private static void responses(List<ClientMutant> mutants) {
    add(mutants, "a response that is elsewhere is requested again, inline", inline(""));
    add(mutants, "files that are elsewhere are requested again, inline", inline("/filesdata"));
    lax(
        mutants,
        "a redirect that leads nowhere is a response of no objects",
        RedirectCheck.LOCATIONS);
    lax(mutants, "content of no objects is nothing new");
    lax(mutants, "an object that is cut is dropped", RedirectCheck.WHOLE_OBJECTS);
    add(
        mutants,
        "a status in content is skipped",
        ClientFault.receivesObjects(RedirectMutants::withoutSecondStatus)
            .and(PlainRedirect.without()));
  }

  private static ClientFault inline(String command) {
    return (request, sound) -> {
      ReceivedResponse response = ReceivedResponse.read(sound.send(request));
      return request.url().getPath().endsWith(command) && isRedirected(response)
          ? sound.send(
              new SentCall(request)
                  .withCommands(next -> CommandCalls.without(next, "redirect"))
                  .request())
          : response.toResponse();
    };
  }

  private static boolean isRedirected(ReceivedResponse response) {
    return response.isFramed()
        && RawFrame.any(next -> PlainRedirect.redirect(next) != null)
            .test(RawFrame.parse(response.bytes()));
  }

  private static ByteString withoutSecondStatus(ByteString objects) {
    if (!objects.startsWith(SkippedStatus.OK)) {
      return objects;
    }
    ByteString content = objects.substring(SkippedStatus.OK.length(), objects.length());
    return ResponseMutants.beginsWith(content, "location")
        ? new SkippedStatus().apply(content)
        : objects;
  }

  private static void locations(List<ClientMutant> mutants) {
    refuses(mutants, "a size is required", location -> location.get("size") == null);
    refuses(
        mutants,
        "keys of locations that are not known are refused",
        location ->
            location.entries().stream()
                .anyMatch(
                    next -> !OF_LOCATIONS.contains(((CborBytes) next.getKey()).value().utf8())));
    refuses(
        mutants,
        "one hash is expected",
        location ->
            location.get("fullhashes") instanceof CborArray hashes && hashes.items().size() != 1);
    without(mutants, "the media type is not looked at", RedirectCheck.MEDIA_TYPES);
    without(mutants, "URLs of no target are followed", RedirectCheck.TARGETS);
    without(
        mutants, "URLs are resolved against that of the repository", RedirectCheck.ABSOLUTE_URLS);
    mutants.add(
        lax(
            "there is nothing at URLs of another scheme",
            PlainRedirect.withoutProof(RedirectCheck.SCHEMES, RedirectCheck.TARGETS)));
    mutants.add(
        ClientMutant.plain(
            "client/redirect/http-redirect-to-a-file",
            "HTTP redirects to another scheme lead to nothing",
            PlainClone.withoutCounts()
                .with(PlainRedirect.withoutProof(RedirectCheck.HTTP_REDIRECTS))));
  }

  private static void content(List<ClientMutant> mutants) {
    mutants.add(
        ClientMutant.ours(
            "client/redirect/chunked",
            "content needs a length",
            PlainRedirect.without()
                .and(
                    ClientFault.refuses(
                        "there is no length",
                        response ->
                            response.isHandshake()
                                && response.head().header("Content-Length") == null))));
    without(mutants, "the status is not looked at", RedirectCheck.STATUS);
    without(mutants, "the size is not looked at", RedirectCheck.SIZES);
    without(mutants, "what is behind the announced size is not read", RedirectCheck.TRAILERS);
    mutants.add(
        lax(
            "neither size nor hashes are looked at, and what came is taken for all",
            PlainRedirect.withoutProof(RedirectCheck.WHOLE_OBJECTS)));
    mutants.add(
        lax(
            "the end of the connection ends content, and what came is taken for all",
            PlainRedirect.withoutProof(RedirectCheck.ENDS, RedirectCheck.WHOLE_OBJECTS)));
    mutants.add(
        lax(
            "no response is one without content, which is nothing new",
            PlainRedirect.withoutProof(RedirectCheck.RESPONSES)));
  }

  private static void hashes(List<ClientMutant> mutants) {
    without(mutants, "hashes are not computed", RedirectCheck.HASHES);
    without(mutants, "one hash that holds is enough", RedirectCheck.EVERY_HASH);
    without(mutants, "hashes are compared as far as they go", RedirectCheck.HASH_LENGTHS);
    without(mutants, "hashes that are not known are skipped", RedirectCheck.KNOWN_HASHES);
    without(mutants, "hashes that are no array are none", RedirectCheck.HASH_LISTS);
    without(mutants, "the seed is left out", RedirectCheck.SEEDS);
  }

  private static void withoutEnd(List<ClientMutant> mutants) {
    mutants.add(
        ClientMutant.ours(
                "client/redirect/endless",
                "content is read to its end before it is looked at",
                PlainRedirect.without(RedirectCheck.BOUNDS))
            .withoutEnd());
    mutants.add(
        ClientMutant.ours(
                "client/redirect/http-redirect-ring",
                "HTTP redirects of content are followed without end",
                PlainRedirect.without(RedirectCheck.HTTP_REDIRECTS))
            .withoutEnd());
    for (String cases :
        List.of("client/redirect/http-redirect*", "client/redirect/certificates-over-http")) {
      mutants.add(
          ClientMutant.ours(
                  cases,
                  "what cannot be followed is requested again for ever",
                  new Again().and(PlainRedirect.without()))
              .withoutEnd());
    }
  }

  private static void without(List<ClientMutant> mutants, String name, RedirectCheck check) {
    add(mutants, name, PlainRedirect.without(check));
  }

  private static void lax(List<ClientMutant> mutants, String name, RedirectCheck... unchecked) {
    mutants.add(lax(name, PlainRedirect.without(unchecked)));
  }

  /** Returns a client that takes what came of content for all of it. */
  private static ClientMutant lax(String name, PlainRedirect redirect) {
    return ClientMutant.plain(CASES, name, PlainClone.withoutCounts().with(redirect));
  }

  private static void refuses(
      List<ClientMutant> mutants, String name, Predicate<CborMap> condition) {
    add(
        mutants,
        name,
        PlainRedirect.without()
            .and(
                ClientFault.refusesFrames(
                    name,
                    RawFrame.any(
                        next -> {
                          CborMap status = PlainRedirect.redirect(next);
                          return status != null
                              && status.get("location") instanceof CborMap location
                              && condition.test(location);
                        }))));
  }

  private static void add(List<ClientMutant> mutants, String name, ClientFault fault) {
    mutants.add(ClientMutant.ours(CASES, name, fault));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.hgwire.conformance.suite.mutants.CommandCalls;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;

/** Faults in what clients offer to follow, of what the server advertises. */
final class OfferMutants {
  private static final String OFFERED = "client/redirect/offered-*";
  private static final String NOTHING = "client/redirect/no-*";
  private static final String REDIRECT = "redirect";
  private static final String TARGETS = "targets";
  private static final String HASHES = "hashes";
  private static final Set<String> OF_TARGETS =
      Set.of("name", "protocol", "uris", "snirequired", "tlsversions");

  private OfferMutants() {}

  static List<ClientMutant> all() {
    List<ClientMutant> mutants = new ArrayList<>();
    add(
        mutants,
        OFFERED,
        "the protocol of targets is not looked at",
        readsTargets(
            target ->
                CommandCalls.with(
                    CommandCalls.with(target, "protocol", CborBytes.utf8("http")),
                    "uris",
                    CborArray.of(CborBytes.utf8("http://127.0.0.1/")))));
    add(
        mutants,
        OFFERED,
        "the versions of TLS are not looked at",
        readsTargets(target -> CommandCalls.without(target, "tlsversions")));
    refuses(
        mutants,
        "client/redirect/unknown-key*",
        "keys of targets that are not known are refused",
        redirect ->
            items(redirect, TARGETS).stream()
                .anyMatch(target -> HandshakeMutants.hasOthers((CborMap) target, OF_TARGETS)));
    refuses(
        mutants,
        NOTHING,
        "the first hash that is advertised is needed",
        redirect -> items(redirect, HASHES).isEmpty());
    add(
        mutants,
        NOTHING,
        "a target is offered whatever is advertised",
        offers(
            offer ->
                CborMap.builder()
                    .put(TARGETS, CborArray.of(CborBytes.utf8("content")))
                    .put(HASHES, CborArray.of(CborBytes.utf8("sha256")))
                    .build()));
    add(
        mutants,
        OFFERED,
        "no hashes are named",
        offers(
            offer ->
                offer.entries().isEmpty()
                    ? offer
                    : CommandCalls.with(offer, HASHES, CborArray.of())));
    return mutants;
  }

  /** Takes each target that is advertised for another one. */
  private static ClientFault readsTargets(UnaryOperator<CborMap> change) {
    return ClientFault.receivesHandshake(
        bytes -> {
          CborMap handshake = CommandCalls.read(bytes);
          if (handshake == null) {
            return bytes;
          }
          CborMap redirect = redirect(handshake);
          List<CborValue> targets = new ArrayList<>();
          for (CborValue target : items(redirect, TARGETS)) {
            boolean usable = CborBytes.utf8("content").equals(((CborMap) target).get("name"));
            targets.add(usable ? target : change.apply((CborMap) target));
          }
          return CborEncoder.encode(
              HandshakeMutants.withApi(
                  handshake,
                  CommandCalls.with(
                      HandshakeMutants.api(handshake),
                      REDIRECT,
                      CommandCalls.with(redirect, TARGETS, new CborArray(targets)))));
        });
  }

  /** Sends another offer with each command. */
  private static ClientFault offers(UnaryOperator<CborMap> change) {
    return ClientFault.sends(
        call ->
            call.withCommands(
                command -> {
                  CborMap offer = change.apply(HandshakeMutants.map(command, REDIRECT));
                  return offer.entries().isEmpty()
                      ? command
                      : CommandCalls.with(command, REDIRECT, offer);
                }));
  }

  private static CborMap redirect(CborMap handshake) {
    return HandshakeMutants.map(HandshakeMutants.api(handshake), REDIRECT);
  }

  private static List<CborValue> items(CborMap redirect, String key) {
    return redirect.get(key) instanceof CborArray array ? array.items() : List.of();
  }

  private static void refuses(
      List<ClientMutant> mutants, String cases, String name, Predicate<CborMap> condition) {
    add(
        mutants,
        cases,
        name,
        HandshakeMutants.refused(
            name,
            handshake -> {
              CborMap redirect = redirect(handshake);
              return redirect.get(TARGETS) != null && condition.test(redirect);
            }));
  }

  private static void add(
      List<ClientMutant> mutants, String cases, String name, ClientFault fault) {
    mutants.add(ClientMutant.ours(cases, name, fault));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.hgwire.conformance.suite.mutants.CommandCalls;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;

/** Faults in the reading of the handshake. */
final class HandshakeMutants {
  private static final String CASES = "client/handshake/*";
  private static final String API = "exp-http-v2-0003";
  private static final Set<String> COMMANDS =
      Set.of(
          "branchmap",
          "capabilities",
          "changesetdata",
          "filedata",
          "filesdata",
          "heads",
          "known",
          "listkeys",
          "manifestdata");

  private HandshakeMutants() {}

  static List<ClientMutant> all() {
    List<ClientMutant> mutants = new ArrayList<>();
    add(
        mutants,
        "the extension of one server is needed",
        ClientFault.refuses("there is no such extension", ReceivedResponse::isHandshake));
    refuses(
        mutants,
        "keys that are not known are refused",
        map -> hasOthers(map, Set.of("apibase", "apis", "v1capabilities")));
    refuses(
        mutants,
        "the first API has to be the one that was asked for",
        map -> hasOthers(apis(map), Set.of(API)));
    refuses(
        mutants,
        "capabilities that are not known are refused",
        map ->
            hasOthers(
                api(map),
                Set.of("commands", "framingmediatypes", "pathfilterprefixes", "rawrepoformats")));
    refuses(
        mutants,
        "commands that are not known are refused",
        map -> hasOthers(commands(map), COMMANDS));
    refuses(
        mutants,
        "types of arguments that are not known are refused",
        map ->
            values(commands(map)).stream()
                .flatMap(command -> values(map(command, "args")).stream())
                .anyMatch(argument -> CborBytes.utf8("later").equals(argument.get("type"))));
    refuses(
        mutants,
        "metadata of commands that are not known are refused",
        map ->
            values(commands(map)).stream()
                .anyMatch(
                    command ->
                        hasOthers(
                            command,
                            Set.of("args", "permissions", "extranodes", "recommendedbatchsize"))));
    add(
        mutants,
        "a map may be of indefinite length",
        ClientFault.receivesHandshake(new LooseCbor(LooseCbor.Taken.INDEFINITE)));
    add(
        mutants,
        "of two equal keys the last one counts",
        ClientFault.receivesHandshake(new LooseCbor(LooseCbor.Taken.DUPLICATES)));
    add(
        mutants,
        "what the first read returns is taken for the body",
        (request, sound) -> ReceivedResponse.readOnce(sound.send(request)).toResponse());
    add(mutants, "the status is not looked at", HttpMutants.ANY_STATUS);
    add(mutants, "a handshake that fails is replaced by the last one", new KeptHandshake());
    mutants.add(
        ClientMutant.ours(
                "client/handshake/silent", "a request is sent again for ever", new Again())
            .withoutEnd());
    return mutants;
  }

  private static void add(List<ClientMutant> mutants, String name, ClientFault fault) {
    mutants.add(ClientMutant.ours(CASES, name, fault));
  }

  private static void refuses(
      List<ClientMutant> mutants, String name, Predicate<CborMap> condition) {
    add(mutants, name, refused(name, condition));
  }

  /** Refuses handshakes that are fine. */
  static ClientFault refused(String why, Predicate<CborMap> condition) {
    return ClientFault.refuses(
        why,
        response -> {
          CborMap map = response.isHandshake() ? CommandCalls.read(response.bytes()) : null;
          return map != null && condition.test(map);
        });
  }

  /** Returns the map at a key; an empty one if there is none. */
  static CborMap map(CborMap map, String key) {
    return map.get(key) instanceof CborMap value ? value : CborMap.empty();
  }

  /** Returns a handshake with other capabilities of version 2. */
  static CborMap withApi(CborMap handshake, CborMap api) {
    return CommandCalls.with(handshake, "apis", CommandCalls.with(apis(handshake), API, api));
  }

  private static CborMap apis(CborMap handshake) {
    return map(handshake, "apis");
  }

  /** Returns the capabilities of version 2. */
  static CborMap api(CborMap handshake) {
    return map(apis(handshake), API);
  }

  private static CborMap commands(CborMap handshake) {
    return map(api(handshake), "commands");
  }

  private static List<CborMap> values(CborMap map) {
    return map.entries().stream()
        .map(entry -> entry.getValue() instanceof CborMap value ? value : CborMap.empty())
        .toList();
  }

  /** Returns whether a map has keys besides those that are known. */
  static boolean hasOthers(CborMap map, Set<String> known) {
    return map.entries().stream()
        .anyMatch(entry -> !known.contains(((CborBytes) entry.getKey()).value().utf8()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;

/** Commands that see what no peer may see: the secret and the hidden changeset. */
final class VisibilityMutants {
  static final ByteString SECRET = ByteString.fromHex("98cf6f9ee082f97348455c799619cf834645ca27");
  private static final ByteString SECRET_FILE =
      ByteString.fromHex("b1c12cf98dc85538350069f3b27270a7f1236462");

  private VisibilityMutants() {}

  /**
   * Returns the mutants of version 2.
   *
   * @param unfiltered a server of the same repository that withholds nothing
   */
  static List<Mutant> version2(Fault.Server unfiltered) {
    String cases = "visibility/*";
    List<Mutant> mutants = new ArrayList<>();
    for (String command :
        List.of(
            "heads",
            "branchmap",
            "known",
            "lookup",
            "changesetdata",
            "manifestdata",
            "filedata",
            "filesdata")) {
      mutants.add(
          unfiltered(cases, command, call -> call.target().endsWith("/ro/" + command), unfiltered));
    }
    RequestMutants.unchecked(
        mutants,
        cases,
        "paths that only secret changesets have are known",
        "the file \"secret\" has no revision",
        "the raw files of a store with secrets are served",
        "secret or hidden changesets");
    adds(
        mutants,
        "changesetdata",
        "a secret changeset is among the updates",
        CborMap.builder().put("node", SECRET).build());
    adds(
        mutants,
        "filesdata",
        "a secret file is among the files",
        CborMap.builder().put("node", SECRET_FILE).build());
    mutants.add(
        new Mutant(
            cases,
            "the roots of secret phases are listed",
            new WrongObjects(
                "listkeys",
                (arguments, objects) ->
                    List.of(
                        CommandCalls.with(
                            (CborMap) objects.get(0), SECRET.hex(), CborBytes.utf8("2"))))));
    mutants.add(
        new Mutant(
            cases,
            "markers are listed",
            new WrongObjects(
                "listkeys",
                (arguments, objects) ->
                    List.of(CborMap.builder().put("dump0", ByteString.utf8("x")).build()))));
    mutants.add(saysFiltered(cases));
    return mutants;
  }

  /** Returns the mutants of version 1. */
  static List<Mutant> version1(Fault.Server unfiltered) {
    String cases = "v1/visibility/*";
    List<Mutant> mutants = new ArrayList<>();
    for (String command : List.of("heads", "branchmap", "known", "lookup", "batch", "getbundle")) {
      mutants.add(unfiltered(cases, command, call -> call.command().equals(command), unfiltered));
    }
    mutants.add(
        new Mutant(
            cases,
            "the roots of secret phases are listed",
            Fault.response(
                (call, reply) ->
                    call.target().contains("namespace=phases")
                        ? reply.withBody(
                            ByteString.utf8(reply.body().utf8() + "\n" + SECRET.hex() + "\t2"))
                        : reply)));
    mutants.add(saysFiltered(cases));
    return mutants;
  }

  private static Mutant unfiltered(
      String cases, String command, Predicate<Call> condition, Fault.Server unfiltered) {
    return new Mutant(
        cases,
        "the command " + command + " sees secret and hidden changesets",
        (call, sound) -> condition.test(call) ? unfiltered.respond(call) : sound.respond(call));
  }

  private static Mutant saysFiltered(String cases) {
    return new Mutant(
        cases,
        "errors say that a revision is filtered",
        Fault.response(
            (call, reply) ->
                reply.withBody(HttpMutants.replaced(reply.body(), "unknown", "hidden "))));
  }

  private static void adds(List<Mutant> mutants, String command, String name, CborMap object) {
    mutants.add(
        new Mutant(
            "visibility/*",
            name,
            new WrongObjects(
                command,
                (arguments, objects) -> {
                  List<CborValue> more = new ArrayList<>(objects);
                  more.add(object);
                  return more;
                })));
  }
}

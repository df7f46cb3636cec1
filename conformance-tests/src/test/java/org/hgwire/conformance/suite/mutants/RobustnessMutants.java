// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.cbor.CborArray;

/** What large, cut and odd requests of version 2 do to a server that does not expect them. */
final class RobustnessMutants {
  /** The cases in which a request is cut that the server may never have begun. */
  static final String CUT = "robustness/content-length-*";

  private static final String CASES = "robustness/*";

  private RobustnessMutants() {}

  static List<Mutant> all() {
    List<Mutant> mutants = new ArrayList<>();
    RequestMutants.unchecked(
        mutants,
        CASES,
        "partial requests are not counted",
        "half-open requests exceeds",
        "settings have any length",
        "frames of the sender settings exceeds",
        "names of commands have any length",
        "unknown wire protocol command",
        "unknown keys are null",
        "unknown revision '",
        "unknown changesets are skipped",
        "the changeset [0-9a-f]{40} is unknown",
        "depths are any integer",
        "revision specifier: depth is",
        "paths are not checked",
        "a segment that is not allowed");
    mutants.add(
        new Mutant(
            CASES,
            "thousands of frames end in an exception",
            Fault.crashes(call -> call.isFramed() && RawFrame.parse(call.body()).size() > 10_000)));
    mutants.add(
        new Mutant(
            CASES,
            "hundreds of specifiers end in an exception",
            Fault.crashes(
                call ->
                    CommandCalls.of(call).values().stream()
                        .anyMatch(
                            next ->
                                CommandCalls.arguments(next).get("revisions")
                                        instanceof CborArray all
                                    && all.items().size() > 100))));
    mutants.add(
        new Mutant(
            CASES,
            "long header fields end in an exception",
            Fault.crashes(
                call ->
                    call.fields().entries().stream()
                        .anyMatch(field -> field.getValue().length() >= 8000))));
    mutants.add(new Mutant("robustness/body-*", "a cut body is the last request", new LastCall()));
    mutants.add(new Mutant(CUT, "a cut body is the last request", new LastCall()));
    return mutants;
  }
}

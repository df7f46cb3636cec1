// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hgwire.core.ByteString;

/** Faults in the decoding of CBOR. */
final class CborMutants {
  private static final String CASES = "client/cbor/*";

  private CborMutants() {}

  static List<ClientMutant> all() {
    List<ClientMutant> mutants = new ArrayList<>();
    add(mutants, "text strings are taken for byte strings", new LooseCbor(LooseCbor.Taken.TEXT));
    add(mutants, "maps may be of indefinite length", new LooseCbor(LooseCbor.Taken.INDEFINITE));
    add(
        mutants,
        "of two equal keys the last one counts",
        new LooseCbor(LooseCbor.Taken.DUPLICATES));
    add(
        mutants,
        "the status is skipped, and a reserved length in it is none",
        new SkippedStatus(SkippedStatus.Rule.RESERVED_LENGTH));
    add(
        mutants,
        "the status is skipped, and a break is a value",
        new SkippedStatus(SkippedStatus.Rule.BREAK));
    add(
        mutants,
        "the status is skipped, however deep it is",
        new SkippedStatus(SkippedStatus.Rule.DEPTH));
    add(
        mutants,
        "the status is skipped, and lengths in it have 32 bits",
        new SkippedStatus(SkippedStatus.Rule.LENGTH));
    mutants.add(
        ClientMutant.plain(
            CASES,
            "a response that fails is taken for a whole one",
            PlainClone.withoutCompleteness()));
    mutants.add(
        ClientMutant.plain(
            CASES,
            "what was announced is read, and nothing behind it",
            PlainClone.without(Check.ENDS)));
    return mutants;
  }

  private static void add(
      List<ClientMutant> mutants, String name, UnaryOperator<ByteString> change) {
    mutants.add(ClientMutant.ours(CASES, name, ClientFault.receivesObjects(change)));
  }
}

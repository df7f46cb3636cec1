// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.frame.FrameType;

/** Faults in the decoding of CBOR. */
final class CborMutants {
  private static final String CASES = "cbor/*";

  private CborMutants() {}

  static List<Mutant> all() {
    List<Mutant> mutants = new ArrayList<>();
    RequestMutants.unchecked(
        mutants,
        CASES,
        "text strings are taken for byte strings",
        "a text string",
        "arrays and maps may be of indefinite length",
        "an indefinite length, which only a byte string at",
        "a whole value may be an indefinite string of anything",
        "an indefinite byte string where a whole value was",
        "unknown tags are skipped",
        "a tag other than 258",
        "a set may be made of any value",
        "tag 258 on something other than an array",
        "keys and members may be arrays",
        "as a map key or set member",
        "floats and simple values are taken for null",
        "a simple value or float other than",
        "the stop code ends anything",
        "a break outside of an indefinite byte string",
        "reserved lengths are taken for none",
        "the reserved additional information",
        "of two equal keys the last one counts",
        "a map key that the map has already",
        "equal members of sets are one",
        "a member that the set has already",
        "containers nest without limit",
        "containers nested deeper than the limit",
        "items are not counted",
        "more items in one value than the limit",
        "lengths of byte strings are not limited",
        "a value of more than the limit of 67108864 bytes");
    refuses(
        mutants,
        "lengths that are longer than they need to be",
        request -> {
          CborMap map = CommandCalls.read(request.payload());
          return map != null && CborEncoder.encode(map).length() < request.payload().length();
        });
    refuses(
        mutants,
        "keys that are not sorted",
        request -> {
          CborMap map = CommandCalls.read(request.payload());
          return map != null
              && CborEncoder.encode(map).length() == request.payload().length()
              && !CborEncoder.encode(map).equals(request.payload());
        });
    refuses(
        mutants,
        "integers of 64 bits",
        frame -> settings(frame) && RequestMutants.latin1(frame).contains("\u001b"));
    refuses(
        mutants,
        "negative integers of 64 bits",
        frame -> settings(frame) && RequestMutants.latin1(frame).contains(";\u007f"));
    refuses(
        mutants,
        "keys that are no byte strings",
        frame -> settings(frame) && RequestMutants.latin1(frame).contains("\u00f6\u0000"));
    refuses(
        mutants,
        "sets in settings",
        frame -> settings(frame) && RequestMutants.latin1(frame).contains("\u00d9\u0001\u0002"));
    refuses(
        mutants,
        "empty byte strings",
        frame -> !settings(frame) && RequestMutants.latin1(frame).contains("namespace@"));
    return mutants;
  }

  private static boolean settings(RawFrame frame) {
    return frame.type() == FrameType.SENDER_PROTOCOL_SETTINGS.code();
  }

  private static void refuses(List<Mutant> mutants, String what, Predicate<RawFrame> condition) {
    mutants.add(
        new Mutant(CASES, what + " are refused", Fault.refusesFrames(RawFrame.any(condition))));
  }
}

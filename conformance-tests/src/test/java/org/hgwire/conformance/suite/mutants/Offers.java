// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.frame.FrameType;
import org.jspecify.annotations.Nullable;

/** The redirects that the requests of a call offer to follow. */
final class Offers {
  private Offers() {}

  /** Returns a predicate of calls one of whose requests has an offer like this. */
  static Predicate<Call> any(Predicate<CborValue> offer) {
    return call ->
        CommandCalls.of(call).values().stream()
            .map(request -> request.get("redirect"))
            .anyMatch(value -> value != null && offer.test(value));
  }

  /** Returns a predicate of calls in which one list of an offer has names like this. */
  static Predicate<Call> names(Predicate<List<CborValue>> names) {
    return any(
        offer ->
            offer instanceof CborMap map
                && (names.test(list(map.get("targets"))) || names.test(list(map.get("hashes")))));
  }

  /** Returns whether an offer is not one of the protocol. */
  static boolean isMalformed(CborValue offer) {
    BiPredicate<CborMap, String> isList =
        (map, key) ->
            map.get(key) instanceof CborArray array
                && array.items().stream().allMatch(CborBytes.class::isInstance);
    return !(offer instanceof CborMap map
        && isList.test(map, "targets")
        && isList.test(map, "hashes"));
  }

  private static List<CborValue> list(@Nullable CborValue value) {
    return value instanceof CborArray array ? array.items() : List.of();
  }

  /** Takes each request for one with another offer; with null, or from null, for none. */
  static Fault taken(UnaryOperator<@Nullable CborValue> change) {
    return Fault.frames(
        frames ->
            frames.stream()
                .map(
                    frame -> {
                      boolean whole =
                          frame.is(FrameType.COMMAND_REQUEST.code(), FrameType.REQUEST_NEW);
                      CborMap request = whole ? CommandCalls.read(frame.payload()) : null;
                      return request == null ? frame : frame.withPayload(changed(request, change));
                    })
                .toList());
  }

  private static ByteString changed(CborMap request, UnaryOperator<@Nullable CborValue> change) {
    CborValue offer = change.apply(request.get("redirect"));
    return CborEncoder.encode(
        offer == null
            ? CommandCalls.without(request, "redirect")
            : CommandCalls.with(request, "redirect", offer));
  }

  /** Returns an offer of one target and one hash. */
  static CborMap of(String target, String hash) {
    return CborMap.builder()
        .put("targets", CborArray.of(CborBytes.utf8(target)))
        .put("hashes", CborArray.of(CborBytes.utf8(hash)))
        .build();
  }
}

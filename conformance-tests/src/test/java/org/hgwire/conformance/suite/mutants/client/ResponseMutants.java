// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hgwire.conformance.suite.mutants.RawFrame;
import org.hgwire.core.ByteString;
import org.hgwire.core.frame.FrameType;

/** Faults in what becomes of responses: their status, their order, and what comes beside them. */
final class ResponseMutants {
  private static final String CASES = "client/response/*";
  private static final int RESPONSE = FrameType.COMMAND_RESPONSE.code();

  private ResponseMutants() {}

  static List<ClientMutant> all() {
    List<ClientMutant> mutants = new ArrayList<>();
    add(
        mutants,
        "what is not an error is success",
        ClientFault.receivesObjects(
            objects -> isError(objects) ? objects : new SkippedStatus().apply(objects)));
    add(
        mutants,
        "a response needs no status",
        ClientFault.receivesObjects(
            objects -> beginsWith(objects, "status") ? objects : SkippedStatus.withOk(objects)));
    mutants.add(
        ClientMutant.plain(
            CASES,
            "the status is not looked at, and no more objects are nothing new",
            PlainClone.withoutCompleteness()
                .with(ClientFault.receivesObjects(new SkippedStatus()))));
    add(
        mutants,
        "the status is compared with the bytes of hg",
        ClientFault.refusesFrames("this is not the status of hg", ResponseMutants::hasMore));
    mutants.add(
        ClientMutant.plain(
            CASES,
            "an error frame ends a response, and what came is taken for all",
            PlainClone.withoutCompleteness()
                .with(
                    ClientFault.receivesFrames(
                        frames ->
                            FrameMutants.ended(
                                FrameMutants.without(
                                        next -> next.type() == FrameType.ERROR_RESPONSE.code())
                                    .apply(frames))))));
    add(mutants, "redirects are followed whenever they come", PlainRedirect.without());
    add(
        mutants,
        "responses are given to requests in their order",
        ClientFault.receivesFrames(ResponseMutants::inOrder));
    refuses(mutants, "text for people is refused", FrameType.TEXT_OUTPUT);
    refuses(mutants, "progress is refused", FrameType.PROGRESS);
    return mutants;
  }

  private static void add(List<ClientMutant> mutants, String name, ClientFault fault) {
    mutants.add(ClientMutant.ours(CASES, name, fault));
  }

  private static void refuses(List<ClientMutant> mutants, String name, FrameType type) {
    add(
        mutants,
        name,
        ClientFault.refusesFrames(name, RawFrame.any(next -> next.type() == type.code())));
  }

  private static String text(ByteString objects) {
    return new String(objects.toByteArray(), StandardCharsets.ISO_8859_1);
  }

  /** Returns whether the first of some objects is a map that has a key among its first bytes. */
  static boolean beginsWith(ByteString objects, String key) {
    return text(objects).substring(0, Math.min(20, objects.length())).contains(key);
  }

  private static boolean isError(ByteString objects) {
    return text(objects).contains("FstatusEerror");
  }

  private static boolean hasMore(List<RawFrame> frames) {
    Set<Integer> begun = new TreeSet<>();
    return RawFrame.any(
            next ->
                next.type() == RESPONSE
                    && begun.add(next.request())
                    && !next.payload().startsWith(SkippedStatus.OK))
        .test(frames);
  }

  private static List<RawFrame> inOrder(List<RawFrame> frames) {
    Set<Integer> came = new LinkedHashSet<>();
    frames.forEach(next -> came.add(next.request()));
    Iterator<Integer> sent = new TreeSet<>(came).iterator();
    Map<Integer, Integer> taken = new LinkedHashMap<>();
    came.forEach(request -> taken.put(request, sent.next()));
    return RawFrame.each(next -> next.withRequest(taken.getOrDefault(next.request(), 0)))
        .apply(frames);
  }
}

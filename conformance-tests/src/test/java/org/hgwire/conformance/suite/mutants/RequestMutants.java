// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborNull;
import org.hgwire.core.frame.FrameType;

/** Faults in the putting together of command requests, sender settings and command data. */
final class RequestMutants {
  private static final int REQUEST = FrameType.COMMAND_REQUEST.code();
  private static final int DATA = FrameType.COMMAND_DATA.code();
  private static final int SETTINGS = FrameType.SENDER_PROTOCOL_SETTINGS.code();

  private RequestMutants() {}

  static List<Mutant> all() {
    List<Mutant> mutants = new ArrayList<>();
    requests(mutants);
    settings(mutants);
    data(mutants);
    return mutants;
  }

  private static void requests(List<Mutant> mutants) {
    String cases = "request/*";
    unchecked(
        mutants,
        cases,
        "the flags of a request are not looked at",
        "must include exactly one of new and continuation",
        "a continuation begins a request",
        "while that request was not being received",
        "a request begins within itself",
        "while that request was being received",
        "an active request begins again",
        "while that request was complete and active",
        "a partial request is run",
        "requests were complete",
        "a request need not be a map",
        "command request: it is .*, not a map",
        "a request may be cut",
        "command request 1 is not valid CBOR: the CBOR input ends",
        "what follows a request is ignored",
        "but bytes follow it",
        "a request needs no name",
        "name is missing",
        "a name need not be a byte string",
        "name is an",
        "arguments need not be a map",
        "command request: args is",
        "names of arguments need not be byte strings",
        "the name of an argument is",
        "targets of redirects need not be an array",
        "targets is an integer");
    mutants.add(
        new Mutant(
            cases,
            "a request is what its first frame has",
            Fault.frames(
                frames ->
                    frames.stream()
                        .filter(next -> !next.is(REQUEST, FrameType.REQUEST_CONTINUATION))
                        .map(next -> next.withFlags(next.flags() & ~FrameType.REQUEST_MORE))
                        .toList())));
    mutants.add(
        new Mutant(
            cases,
            "the frames of two requests cannot alternate",
            Fault.refusesFrames(RequestMutants::alternates)));
    mutants.add(
        new Mutant(
            cases,
            "arguments are required",
            Fault.refuses(call -> anyRequest(call, next -> next.get("args") == null))));
    mutants.add(
        new Mutant(
            cases,
            "arguments may not be empty",
            Fault.refuses(
                call ->
                    anyRequest(
                        call,
                        next -> next.get("args") instanceof CborMap map && map.size() == 0))));
    mutants.add(
        new Mutant(
            cases,
            "redirects are not known",
            Fault.refuses(call -> anyRequest(call, next -> next.get("redirect") != null))));
    mutants.add(
        new Mutant(
            cases,
            "a redirect of null ends in an exception",
            Fault.crashes(
                call -> anyRequest(call, next -> next.get("redirect") instanceof CborNull))));
    mutants.add(
        new Mutant(
            cases,
            "names of commands are stripped and folded",
            Fault.frames(RawFrame.each(RequestMutants::folded))));
  }

  private static boolean alternates(List<RawFrame> frames) {
    for (int i = 1; i < frames.size(); i++) {
      if (frames.get(i - 1).is(REQUEST, FrameType.REQUEST_MORE)
          && frames.get(i).request() != frames.get(i - 1).request()) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyRequest(Call call, Predicate<CborMap> condition) {
    return CommandCalls.of(call).values().stream().anyMatch(condition);
  }

  private static RawFrame folded(RawFrame frame) {
    CborMap request = frame.type() == REQUEST ? CommandCalls.read(frame.payload()) : null;
    if (request == null || CommandCalls.name(request).isEmpty()) {
      return frame;
    }
    String name = CommandCalls.name(request).strip().toLowerCase(Locale.ROOT);
    return frame.withPayload(
        CborEncoder.encode(
            CommandCalls.with(request, "name", new CborBytes(ByteString.utf8(name)))));
  }

  private static void settings(List<Mutant> mutants) {
    String cases = "settings/*";
    unchecked(
        mutants,
        cases,
        "the flags of settings are not looked at",
        "must include exactly one of continuation and eos",
        "settings may be cut",
        "in the middle of the sender settings",
        "other frames come within settings",
        "before the end of the sender settings",
        "settings come at any time",
        "did not come before all other frames",
        "settings need not be a map",
        "sender settings: it is",
        "settings may be empty",
        "the sender settings are empty",
        "settings need not be CBOR",
        "part of the sender settings is not valid CBOR",
        "what follows the map of settings is ignored",
        "hold more than one value",
        "the list of encodings is not checked",
        "contentencodings is");
    mutants.add(
        new Mutant(
            cases,
            "settings are required",
            Fault.refusesFrames(frames -> frames.get(0).type() != SETTINGS)));
    mutants.add(new Mutant(cases, "every response is encoded", new EncodedResponse("zlib", false)));
    mutants.add(
        new Mutant(
            cases, "responses are encoded as nobody asked", new EncodedResponse("zstd-8mb", true)));
    refusesSettings(mutants, "encodings that it does not know", "no-such-encoding");
    refusesSettings(mutants, "keys that it does not know", "x-not-known");
    refusesSettings(mutants, "a list of encodings without identity", "\u0081Dzlib");
    refusesSettings(mutants, "an empty list of encodings", "\u0080");
    refusesSettings(mutants, "an empty map", "\u00a0");
    mutants.add(
        new Mutant(
            cases,
            "settings fit in one frame",
            Fault.refusesFrames(RawFrame.any(next -> next.is(SETTINGS, FrameType.CONTINUATION)))));
    mutants.add(
        new Mutant(
            cases,
            "settings are on the stream of the first request",
            Fault.refusesFrames(
                frames ->
                    frames.size() > 1
                        && frames.get(0).type() == SETTINGS
                        && frames.get(0).stream() != frames.get(1).stream())));
    mutants.add(
        new Mutant(
            cases,
            "settings alone end in an exception",
            Fault.crashes(
                call ->
                    call.isFramed()
                        && RawFrame.parse(call.body()).stream()
                            .allMatch(next -> next.is(SETTINGS, FrameType.EOS)))));
  }

  private static void refusesSettings(List<Mutant> mutants, String what, String part) {
    mutants.add(
        new Mutant(
            "settings/*",
            "settings with " + what + " are refused",
            Fault.refusesFrames(
                RawFrame.any(next -> next.type() == SETTINGS && latin1(next).contains(part)))));
  }

  static String latin1(RawFrame frame) {
    return new String(frame.payload().toByteArray(), StandardCharsets.ISO_8859_1);
  }

  private static void data(List<Mutant> mutants) {
    String cases = "data/*";
    unchecked(
        mutants,
        cases,
        "data that nobody announced is ignored",
        "complete and active",
        "data before any request is ignored",
        "cannot be the first frame",
        "data of another request is ignored",
        "not being received",
        "data comes within a request",
        "while that request was being received",
        "the flags of data are not looked at",
        "must include exactly one of continuation and eos",
        "data may be missing",
        "requests were complete",
        "only one frame says whether data follows",
        "contradicts an earlier frame",
        "a request comes within its data",
        "receiving its data");
    mutants.add(
        new Mutant(
            cases,
            "data is not read",
            Fault.frames(frames -> frames.stream().filter(next -> next.type() != DATA).toList())));
  }

  static void unchecked(List<Mutant> mutants, String cases, String... namesAndRefusals) {
    for (int i = 0; i < namesAndRefusals.length; i += 2) {
      mutants.add(
          new Mutant(cases, namesAndRefusals[i], new UncheckedRule(namesAndRefusals[i + 1])));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.hgwire.conformance.suite.mutants.CommandCalls;
import org.hgwire.conformance.suite.mutants.RawFrame;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;

/** Faults in what clients send. */
final class RequestMutants {
  private static final String CASES = "client/request/*";

  private RequestMutants() {}

  static List<ClientMutant> all() {
    List<ClientMutant> mutants = new ArrayList<>();
    http(mutants);
    frames(mutants);
    commands(mutants);
    return mutants;
  }

  private static void http(List<ClientMutant> mutants) {
    sends(
        mutants,
        "the handshake does not say in which form it is wanted",
        call -> call.withHeader("X-HgProto-1", null));
    sends(
        mutants,
        "the handshake has its headers without numbers",
        call ->
            call.isFramed()
                ? call
                : call.withHeader("X-HgUpgrade-1", null)
                    .withHeader("X-HgUpgrade", "exp-http-v2-0003"));
    sends(mutants, "commands are sent with GET", SentCall::withoutBody);
    sends(
        mutants,
        "requests have the media type of version 1",
        call ->
            call.isFramed() ? call.withHeader("Content-Type", "application/mercurial-0.1") : call);
    sends(mutants, "requests have no media type", call -> call.withHeader("Content-Type", null));
    sends(
        mutants,
        "requests accept everything",
        call -> call.isFramed() ? call.withHeader("Accept", "*/*") : call);
    sends(
        mutants,
        "several commands are sent to the URL of one of them",
        call -> call.withUrl(url -> url.replace("/multirequest", "/heads")));
    sends(
        mutants,
        "commands are sent to the URLs of those that write",
        call -> call.withUrl(url -> url.replace("/ro/", "/rw/")));
  }

  private static void frames(List<ClientMutant> mutants) {
    add(
        mutants,
        "ids of requests are even",
        ClientFault.sendsFrames(RawFrame.each(next -> next.withRequest(next.request() + 1)))
            .and(
                ClientFault.receivesFrames(
                    RawFrame.each(next -> next.withRequest(next.request() - 1)))));
    add(
        mutants,
        "all requests have the id 1",
        ClientFault.sendsFrames(RawFrame.each(next -> next.withRequest(1))));
    frames(mutants, "the stream has the number of the server's", next -> next.withStream(2));
    frames(
        mutants,
        "every frame begins the stream",
        next -> next.withStreamFlags(next.streamFlags() | StreamFlags.BEGIN));
    frames(
        mutants,
        "no frame begins the stream",
        next -> next.withStreamFlags(next.streamFlags() & ~StreamFlags.BEGIN));
    frames(
        mutants,
        "the type is in the wrong half of its byte",
        next -> next.withType(next.flags()).withFlags(next.type()));
    frames(
        mutants,
        "the flags of a single frame say nothing",
        next -> next.type() == FrameType.COMMAND_REQUEST.code() ? next.withFlags(0) : next);
    frames(
        mutants,
        "requests are new and continue",
        next ->
            next.type() == FrameType.COMMAND_REQUEST.code()
                ? next.withFlags(FrameType.REQUEST_NEW | FrameType.REQUEST_CONTINUATION)
                : next);
    frames(
        mutants,
        "the last frame of a request says that more follow",
        next ->
            next.type() == FrameType.COMMAND_REQUEST.code()
                ? next.withFlags(next.flags() | FrameType.REQUEST_MORE)
                : next);
    frames(
        mutants,
        "requests announce data, and have none",
        next ->
            next.type() == FrameType.COMMAND_REQUEST.code()
                ? next.withFlags(next.flags() | FrameType.REQUEST_HAVE_DATA)
                : next);
    frames(
        mutants,
        "frames are flagged as encoded, and are not",
        next -> next.withStreamFlags(next.streamFlags() | StreamFlags.ENCODED));
    add(
        mutants,
        "settings are sent behind the requests",
        ClientFault.sendsFrames(RequestMutants::settingsLast));
    add(mutants, "a request is always one frame", ClientFault.sendsFrames(RequestMutants::joined));
  }

  private static List<RawFrame> settingsLast(List<RawFrame> frames) {
    List<RawFrame> moved = new ArrayList<>();
    List<RawFrame> settings = new ArrayList<>();
    for (RawFrame next : frames) {
      (next.type() == FrameType.SENDER_PROTOCOL_SETTINGS.code() ? settings : moved).add(next);
    }
    moved.addAll(settings);
    Set<Integer> begun = new HashSet<>();
    return RawFrame.each(
            next -> next.withStreamFlags(begun.add(next.stream()) ? StreamFlags.BEGIN : 0))
        .apply(moved);
  }

  private static List<RawFrame> joined(List<RawFrame> frames) {
    List<RawFrame> joined = new ArrayList<>();
    for (RawFrame next : frames) {
      int last = joined.size() - 1;
      if (next.is(FrameType.COMMAND_REQUEST.code(), FrameType.REQUEST_CONTINUATION)) {
        byte[] begin = joined.get(last).payload().toByteArray();
        byte[] rest = next.payload().toByteArray();
        byte[] all = Arrays.copyOf(begin, begin.length + rest.length);
        System.arraycopy(rest, 0, all, begin.length, rest.length);
        joined.set(
            last,
            joined.get(last).withPayload(ByteString.copyOf(all)).withFlags(FrameType.REQUEST_NEW));
      } else {
        joined.add(next);
      }
    }
    return joined;
  }

  private static void commands(List<ClientMutant> mutants) {
    commands(
        mutants,
        "commands are sent that the server does not have",
        command ->
            CommandCalls.name(command).equals("heads")
                ? CommandCalls.with(command, "name", CborBytes.utf8("tips"))
                : command);
    commands(
        mutants,
        "arguments are sent that the server does not have",
        command -> withArgument(command, "compression", CborBytes.utf8("none")));
    commands(
        mutants,
        "arguments have another type",
        command ->
            CommandCalls.name(command).equals("manifestdata")
                ? withArgument(command, "haveparents", CborBytes.utf8("no"))
                : command);
    commands(
        mutants,
        "arguments are missing",
        command ->
            CommandCalls.with(
                command, "args", CommandCalls.without(CommandCalls.arguments(command), "nodes")));
    commands(
        mutants,
        "redirects are offered that the server does not have",
        command ->
            CommandCalls.with(
                command,
                "redirect",
                CborMap.builder()
                    .put("targets", CborArray.of(CborBytes.utf8("elsewhere")))
                    .put("hashes", CborArray.of(CborBytes.utf8("sha256")))
                    .build()));
  }

  private static CborMap withArgument(CborMap command, String name, CborBytes value) {
    return CommandCalls.with(
        command, "args", CommandCalls.with(CommandCalls.arguments(command), name, value));
  }

  private static void commands(
      List<ClientMutant> mutants, String name, UnaryOperator<CborMap> change) {
    sends(mutants, name, call -> call.withCommands(change));
  }

  private static void frames(
      List<ClientMutant> mutants, String name, UnaryOperator<RawFrame> change) {
    add(mutants, name, ClientFault.sendsFrames(RawFrame.each(change)));
  }

  private static void sends(
      List<ClientMutant> mutants, String name, UnaryOperator<SentCall> change) {
    add(mutants, name, ClientFault.sends(change));
  }

  private static void add(List<ClientMutant> mutants, String name, ClientFault fault) {
    mutants.add(ClientMutant.ours(CASES, name, fault));
  }
}

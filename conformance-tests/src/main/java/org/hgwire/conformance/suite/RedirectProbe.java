// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.hgwire.conformance.cases.PeerValues;
import org.hgwire.conformance.exchange.CommandResponse;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.RedirectTarget;
import org.jspecify.annotations.Nullable;

/**
 * Finds a request that a server redirects. Servers redirect what they choose to, and often not the
 * first time: commands for all changesets are sent some times each.
 */
final class RedirectProbe {
  private static final List<String> COMMANDS = List.of("changesetdata", "filesdata");
  private static final int ATTEMPTS = 5;
  private static final int PAUSE_MILLIS = 100;

  /** So many heads fit into one frame, and are enough to have most of any repository. */
  private static final int MAX_HEADS = 1000;

  private final Sender sender;

  /** Sends a command of version 2 by itself. */
  @FunctionalInterface
  interface Sender {
    /** Returns the response, or null if there is none to the command. */
    @Nullable CommandResponse send(String command, String map) throws IOException;
  }

  RedirectProbe(Sender sender) {
    this.sender = sender;
  }

  /** Returns what the server does, which advertises {@code redirect}, or null if nothing. */
  PeerRedirects describe(@Nullable CborValue redirect) throws IOException {
    CborValue targets = redirect instanceof CborMap map ? map.get("targets") : null;
    if (redirect == null || (targets instanceof CborArray array && array.items().isEmpty())) {
      return PeerRedirects.NONE;
    }
    List<RedirectTarget> readable = readable(targets);
    List<ByteString> hashes = hashes(redirect);
    List<RedirectTarget> fetched = readable.stream().filter(RedirectProbe::isFetched).toList();
    String heads = heads();
    for (String command : fetched.isEmpty() ? List.<String>of() : COMMANDS) {
      String request = request(command, heads);
      String map = "{" + request + ", b'redirect': " + offer(fetched, hashes) + "}";
      RedirectTarget target = redirected(command, map, fetched);
      if (target != null) {
        return new PeerRedirects(true, true, new PeerValues(command, request, target, hashes));
      }
    }
    RedirectTarget any = readable.isEmpty() ? PeerValues.SAMPLE.target() : readable.get(0);
    String request = request(COMMANDS.get(0), heads);
    return new PeerRedirects(true, false, new PeerValues(COMMANDS.get(0), request, any, hashes));
  }

  /** Targets that are malformed are left out: cases tell that they are. */
  private static List<RedirectTarget> readable(@Nullable CborValue targets) {
    List<RedirectTarget> readable = new ArrayList<>();
    for (CborValue target : targets instanceof CborArray all ? all.items() : List.<CborValue>of()) {
      RedirectTarget read = read(target);
      if (read != null) {
        readable.add(read);
      }
    }
    return readable;
  }

  private static @Nullable RedirectTarget read(CborValue target) {
    try {
      return RedirectTarget.read(target);
    } catch (WireProtocolException malformed) {
      return null;
    }
  }

  private static List<ByteString> hashes(CborValue redirect) {
    List<ByteString> hashes = new ArrayList<>();
    if (redirect instanceof CborMap map && map.get("hashes") instanceof CborArray names) {
      for (CborValue name : names.items()) {
        if (name instanceof CborBytes bytes) {
          hashes.add(bytes.value());
        }
      }
    }
    return hashes.isEmpty() ? PeerValues.SAMPLE.hashes() : hashes;
  }

  private static boolean isFetched(RedirectTarget target) {
    String protocol = target.protocol().utf8();
    return (protocol.equals("http") || protocol.equals("https")) && !target.uris().isEmpty();
  }

  private String heads() throws IOException {
    CommandResponse response = sender.send("heads", "{b'name': b'heads'}");
    List<CborValue> objects =
        response == null || response.incomplete() != null ? List.of() : response.objects();
    return objects.isEmpty() || !(objects.get(0) instanceof CborArray nodes)
        ? "[]"
        : nodes.items().stream()
            .limit(MAX_HEADS)
            .filter(CborBytes.class::isInstance)
            .map(node -> literal(((CborBytes) node).value()))
            .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String literal(ByteString bytes) {
    return "b'" + bytes.hex().replaceAll("..", "\\\\x$0") + "'";
  }

  private static String request(String command, String heads) {
    return "b'name': b'"
        + command
        + "', b'args': {b'fields': [b'parents', b'revision'], b'revisions': [{b'type':"
        + " b'changesetdagrange', b'roots': [], b'heads': "
        + heads
        + "}]}";
  }

  private static String offer(List<RedirectTarget> targets, List<ByteString> hashes) {
    return "{b'targets': "
        + targets.stream().map(next -> literal(next.name())).toList()
        + ", b'hashes': "
        + hashes.stream().map(RedirectProbe::literal).toList()
        + "}";
  }

  /** Returns the target that a request is redirected to, or null if it never is. */
  private @Nullable RedirectTarget redirected(
      String command, String map, List<RedirectTarget> targets) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      CommandResponse response = sender.send(command, map);
      if (response == null) {
        return null;
      }
      if (response.isRedirect()) {
        return targetOf(response, targets);
      }
      pause();
    }
    return null;
  }

  /** A URL that belongs to none of the targets is a fault, which cases tell. */
  private static RedirectTarget targetOf(CommandResponse redirect, List<RedirectTarget> targets) {
    CborValue location = redirect.status().get("location");
    CborValue url = location instanceof CborMap map ? map.get("url") : null;
    String text =
        url instanceof CborBytes bytes
            ? new String(bytes.value().toByteArray(), StandardCharsets.ISO_8859_1)
            : "";
    return targets.stream()
        .filter(target -> target.uris().stream().anyMatch(uri -> text.startsWith(uri.utf8())))
        .findFirst()
        .orElse(targets.get(0));
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the run was interrupted", e);
    }
  }
}

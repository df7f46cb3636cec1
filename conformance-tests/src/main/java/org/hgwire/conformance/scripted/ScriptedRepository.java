// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hgwire.conformance.scripted.Alteration.Stage;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.RedirectOffer;
import org.jspecify.annotations.Nullable;

/**
 * The tiny history, served with alterations. Of each command that is altered, every response is.
 *
 * <p>Safe for use by several threads.
 */
public final class ScriptedRepository {
  private static final Handshakes HANDSHAKES = new Handshakes();
  private static final CommandObjects OBJECTS = new CommandObjects(new TinyHistory(), HANDSHAKES);

  private final List<Alteration> alterations;
  private final List<ScriptedExchange> exchanges = new ArrayList<>();
  private final Set<String> requested = new HashSet<>();
  private final Set<String> refused = new HashSet<>();
  private final Set<String> applied = new HashSet<>();
  private final Set<String> redirected = new HashSet<>();
  private final Set<String> inlined = new HashSet<>();
  private final ScriptedContent content = new ScriptedContent();
  private final Map<String, String> inapplicable = new TreeMap<>();
  private @Nullable Throwable failure;

  /** Makes a repository with alterations. */
  public ScriptedRepository(List<Alteration> alterations) {
    this.alterations = List.copyOf(alterations);
  }

  /** Returns what was requested and sent so far, in order. */
  public synchronized List<ScriptedExchange> exchanges() {
    return List.copyOf(exchanges);
  }

  /**
   * Returns the commands that were requested, {@link Alteration#HANDSHAKE} and {@link
   * Alteration#CONTENT} among them.
   */
  public synchronized Set<String> requested() {
    return Collections.unmodifiableSet(new TreeSet<>(requested));
  }

  /** Returns the commands whose last response was a redirect, not inline. */
  public synchronized Set<String> redirected() {
    return Collections.unmodifiableSet(new TreeSet<>(redirected));
  }

  /** Returns the commands that were redirected, but whose last response was not. */
  public synchronized Set<String> inlined() {
    return Collections.unmodifiableSet(new TreeSet<>(inlined));
  }

  /** Learns the URL at which it is served. */
  synchronized void servedAt(URI url) {
    content.servedAt(url);
  }

  /** Returns the content encodings that were to be used, but that the client does not take. */
  public synchronized Set<String> refusedEncodings() {
    return Collections.unmodifiableSet(new TreeSet<>(refused));
  }

  /**
   * Returns the alterations that never found what they alter, such as an object that the client did
   * not request, and why; the responses were sent without them.
   */
  public synchronized List<String> unapplied() {
    return inapplicable.entrySet().stream()
        .filter(entry -> !applied.contains(entry.getKey()))
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .toList();
  }

  /** Learns that a response could not be made, or not be sent, for a reason in this program. */
  synchronized void failed(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  /**
   * Returns why a response could not be made, or null: how the client ended then says nothing about
   * it.
   */
  public synchronized @Nullable Throwable failure() {
    return failure;
  }

  /** Responds to a request. */
  synchronized HttpDraft respond(ReceivedRequest request) {
    HttpDraft http = draft(request);
    exchanges.add(ScriptedExchange.of(request, http));
    return http;
  }

  private HttpDraft draft(ReceivedRequest request) {
    if (HttpRules.isForCommands(request)) {
      try {
        return commands(ReceivedFrames.read(request.body()));
      } catch (WireProtocolException e) {
        return failure(400, String.valueOf(e.getMessage()));
      }
    }
    if (content.isFor(request)) {
      return content(request);
    }
    if (!HttpRules.isHandshake(request)) {
      return failure(404, "there is nothing at " + request.target());
    }
    if (HttpRules.upgrade(request) != null) {
      HttpDraft version1 = new HttpDraft(HttpV2Api.V1_MEDIA_TYPE);
      version1.setBody(ByteString.utf8("known"));
      return version1;
    }
    HttpDraft http = new HttpDraft(HttpV2Api.CBOR_MEDIA_TYPE);
    ResponseDraft draft =
        draft(0, 0, Alteration.HANDSHAKE, http, List.of(HANDSHAKES.handshake()), null);
    requested.add(Alteration.HANDSHAKE);
    apply(Alteration.HANDSHAKE, Stage.OBJECTS, draft);
    http.setBody(draft.bytes());
    apply(Alteration.HANDSHAKE, Stage.HTTP, draft);
    return http;
  }

  private ResponseDraft draft(
      int id,
      int stream,
      String command,
      HttpDraft http,
      List<CborValue> objects,
      @Nullable RedirectOffer offer) {
    return new ResponseDraft(id, stream, command, http, objects, content, offer);
  }

  private HttpDraft content(ReceivedRequest request) {
    requested.add(Alteration.CONTENT);
    HttpDraft http = content.respond(request);
    if (http == null) {
      return failure(404, "there is no content at " + request.target());
    }
    if (content.isAltered(request)) {
      apply(Alteration.CONTENT, Stage.HTTP, draft(0, 0, Alteration.CONTENT, http, List.of(), null));
    }
    return http;
  }

  private static HttpDraft failure(int status, String message) {
    HttpDraft http = new HttpDraft("text/plain");
    http.setStatus(status);
    http.setBody(ByteString.utf8(message + "\n"));
    return http;
  }

  private HttpDraft commands(ReceivedFrames received) {
    HttpDraft http = new HttpDraft(HttpV2Api.FRAMING_MEDIA_TYPE);
    List<ResponseDraft> drafts = new ArrayList<>();
    int stream = 2;
    for (Entry<Integer, CommandRequest> next : received.requests().entrySet()) {
      String command = next.getValue().name().utf8();
      ResponseDraft draft =
          draft(
              next.getKey(),
              stream,
              command,
              http,
              objects(next.getValue()),
              next.getValue().redirect());
      requested.add(command);
      apply(command, Stage.OBJECTS, draft);
      if (draft.isRedirect()) {
        redirected.add(command);
        inlined.remove(command);
      } else if (redirected.remove(command)) {
        inlined.add(command);
      }
      if (!draft.encoding().isEmpty()
          && !received.settings().contentEncodings().contains(draft.encoding())) {
        refused.add(draft.encoding());
        draft.encode("");
      }
      draft.makeFrames();
      apply(command, Stage.FRAMES, draft);
      drafts.add(draft);
      stream += 2;
    }
    http.setBody(
        ResponseDraft.join(
            drafts.stream()
                .sorted(Comparator.comparing(ResponseDraft::isLast))
                .flatMap(draft -> draft.frames().stream())
                .toList()));
    int at = 0;
    for (CommandRequest command : received.requests().values()) {
      apply(command.name().utf8(), Stage.HTTP, drafts.get(at++));
    }
    return http;
  }

  private static List<CborValue> objects(CommandRequest request) {
    try {
      return OBJECTS.respond(request);
    } catch (WireProtocolException e) {
      return List.of(CommandObjects.error(String.valueOf(e.getMessage())));
    }
  }

  private void apply(String command, Stage stage, ResponseDraft draft) {
    for (Alteration alteration : alterations) {
      if (alteration.stage() == stage && alteration.command().equals(command)) {
        try {
          alteration.apply(draft);
          applied.add(alteration.text());
        } catch (IllegalArgumentException
            | IndexOutOfBoundsException
            | ClassCastException
            | WireProtocolException e) {
          inapplicable.put(alteration.text(), String.valueOf(e.getMessage()));
        }
      }
    }
  }
}

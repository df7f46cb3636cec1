// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

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
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.message.CommandRequest;

/**
 * The tiny history, served with alterations. Of each command that is altered, every response is.
 *
 * <p>Safe for use by several threads.
 */
public final class ScriptedRepository {
  private static final Handshakes HANDSHAKES = new Handshakes();
  private static final CommandObjects OBJECTS = new CommandObjects(new TinyHistory(), HANDSHAKES);

  private static final String CONTENTS = "contents/";

  private final List<Alteration> alterations;
  private final List<ScriptedExchange> exchanges = new ArrayList<>();
  private final Set<String> requested = new HashSet<>();
  private final Set<String> refused = new HashSet<>();
  private final Set<String> applied = new HashSet<>();
  private final Map<String, String> inapplicable = new TreeMap<>();
  private final Map<String, ByteString> contents = new TreeMap<>();

  /** Makes a repository with alterations. */
  public ScriptedRepository(List<Alteration> alterations) {
    this.alterations = List.copyOf(alterations);
  }

  /** Returns what was requested and sent so far, in order. */
  public synchronized List<ScriptedExchange> exchanges() {
    return List.copyOf(exchanges);
  }

  /** Returns the commands that were requested, {@link Alteration#HANDSHAKE} among them. */
  public synchronized Set<String> requested() {
    return Collections.unmodifiableSet(new TreeSet<>(requested));
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

  /** Responds to a request. */
  synchronized HttpDraft respond(ReceivedRequest request) {
    HttpDraft http = draft(request);
    exchanges.add(ScriptedExchange.of(request, http));
    return http;
  }

  private HttpDraft draft(ReceivedRequest request) {
    if (HttpRules.isForCommands(request)) {
      try {
        return commands(request, ReceivedFrames.read(request.body()));
      } catch (WireProtocolException e) {
        return failure(400, String.valueOf(e.getMessage()));
      }
    }
    ByteString content = contents.get(request.target().replaceFirst(".*/", ""));
    if (content != null) {
      HttpDraft http = new HttpDraft(HttpV2Api.CBOR_MEDIA_TYPE);
      http.setBody(content);
      return http;
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
    ResponseDraft draft = new ResponseDraft(0, 0, http, List.of(HANDSHAKES.handshake()));
    requested.add(Alteration.HANDSHAKE);
    apply(Alteration.HANDSHAKE, Stage.OBJECTS, draft);
    http.setBody(draft.bytes());
    apply(Alteration.HANDSHAKE, Stage.HTTP, draft);
    return http;
  }

  private static HttpDraft failure(int status, String message) {
    HttpDraft http = new HttpDraft("text/plain");
    http.setStatus(status);
    http.setBody(ByteString.utf8(message + "\n"));
    return http;
  }

  private HttpDraft commands(ReceivedRequest request, ReceivedFrames received) {
    HttpDraft http = new HttpDraft(HttpV2Api.FRAMING_MEDIA_TYPE);
    List<ResponseDraft> drafts = new ArrayList<>();
    int stream = 2;
    for (Entry<Integer, CommandRequest> next : received.requests().entrySet()) {
      String command = next.getValue().name().utf8();
      ResponseDraft draft =
          new ResponseDraft(next.getKey(), stream, http, objects(next.getValue()));
      requested.add(command);
      apply(command, Stage.OBJECTS, draft);
      if (draft.isRedirected()) {
        redirect(draft, HttpRules.repository(request) + CONTENTS, command);
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

  /** Leaves the objects behind the status at a URL, and a status that leads there. */
  private void redirect(ResponseDraft draft, String place, String command) {
    List<ByteString> objects = draft.objects();
    contents.put(command, ResponseDraft.join(objects.subList(1, objects.size())));
    CborMap location =
        CborMap.builder()
            .put("url", ByteString.utf8(place + command))
            .put("mediatype", ByteString.utf8(HttpV2Api.CBOR_MEDIA_TYPE))
            .build();
    objects.clear();
    objects.add(
        CborEncoder.encode(
            CborMap.builder()
                .put("status", ByteString.utf8("redirect"))
                .put("location", location)
                .build()));
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

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.command.HttpV2Api;
import org.jspecify.annotations.Nullable;

/**
 * Where a scripted repository redirects to: a target at the same port, and a place that belongs to
 * no target and has the same content.
 */
final class ScriptedContent {
  /** The name of the target, and of its place below the repository. */
  static final String TARGET = "content";

  /** The place that belongs to no target. */
  static final String ELSEWHERE = "moved";

  private final List<String> names = new ArrayList<>();
  private final List<ByteString> contents = new ArrayList<>();
  private URI repository = URI.create("http://127.0.0.1/");

  /** Learns the URL of the repository. */
  void servedAt(URI url) {
    repository = url;
  }

  /** Returns the target as it is advertised. */
  CborMap target() {
    return CborMap.builder()
        .put("name", ByteString.utf8(TARGET))
        .put("protocol", ByteString.utf8(repository.getScheme()))
        .put("uris", CborArray.ofByteStrings(List.of(url(TARGET + "/"))))
        .build();
  }

  /**
   * Keeps content.
   *
   * @param command the command whose response it is
   * @return its URL
   */
  ByteString put(String command, ByteString content) {
    int at = contents.indexOf(content);
    if (at < 0) {
      at = contents.size();
      long others = names.stream().filter(name -> name.startsWith(command + "-")).count();
      names.add(command + "-" + (others + 1));
      contents.add(content);
    }
    return url(TARGET + "/" + names.get(at));
  }

  /** Returns the content at a URL of the target, or at the other place. */
  ByteString at(ByteString url) {
    String text = url.utf8();
    int found = names.indexOf(text.substring(text.lastIndexOf('/') + 1));
    return found < 0 ? ByteString.empty() : contents.get(found);
  }

  private ByteString url(String path) {
    return ByteString.utf8(repository.resolve(path).toString());
  }

  /** Returns whether a request is one for content. */
  boolean isFor(ReceivedRequest request) {
    return isBelow(request, TARGET) || isBelow(request, ELSEWHERE);
  }

  private boolean isBelow(ReceivedRequest request, String place) {
    return request.target().startsWith(repository.getRawPath() + place + "/");
  }

  /** Returns whether a request is one for content of the target, which may be altered. */
  boolean isAltered(ReceivedRequest request) {
    return isBelow(request, TARGET);
  }

  /** Returns the content that is requested, or null if there is none. */
  @Nullable HttpDraft respond(ReceivedRequest request) {
    ByteString content = at(ByteString.utf8(request.target()));
    if (content.isEmpty() && !names.contains(request.target().replaceFirst(".*/", ""))) {
      return null;
    }
    HttpDraft http = new HttpDraft(HttpV2Api.CBOR_MEDIA_TYPE);
    http.setBody(content);
    return http;
  }
}

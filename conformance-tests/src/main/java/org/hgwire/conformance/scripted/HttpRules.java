// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.command.HttpV2Api;
import org.jspecify.annotations.Nullable;

/** The rules for requests as HTTP has them (wireprotocol, HTTP Version 2 Transport). */
final class HttpRules {
  private static final String API = "/" + HttpV2Api.API_BASE + HttpV2Api.NAME + "/";

  private HttpRules() {}

  static boolean isHandshake(ReceivedRequest request) {
    return request.target().contains("?cmd=capabilities");
  }

  static boolean isForCommands(ReceivedRequest request) {
    return request.target().contains(API);
  }

  /** Returns the URL of the repository whose API is requested, with a slash at its end. */
  static String repository(ReceivedRequest request) {
    String path = request.target().substring(0, request.target().indexOf(API) + 1);
    return "http://" + request.headers().getOrDefault("host", "") + path;
  }

  static @Nullable String upgrade(ReceivedRequest request) {
    if (!isHandshake(request)) {
      return null;
    }
    if (!words(request, HttpV2Api.UPGRADE_HEADER).contains(HttpV2Api.NAME)) {
      return HttpV2Api.UPGRADE_HEADER + "-1 does not name " + HttpV2Api.NAME;
    }
    return words(request, HttpV2Api.PROTO_HEADER).contains(HttpV2Api.PROTO_CBOR)
        ? null
        : HttpV2Api.PROTO_HEADER + "-1 does not name " + HttpV2Api.PROTO_CBOR;
  }

  private static List<String> words(ReceivedRequest request, String header) {
    StringBuilder value = new StringBuilder();
    for (int part = 1; ; part++) {
      String next = request.headers().get((header + "-" + part).toLowerCase(Locale.ROOT));
      if (next == null) {
        return Arrays.asList(value.toString().split(" ", -1));
      }
      value.append(next);
    }
  }

  static @Nullable String method(ReceivedRequest request) {
    return !isForCommands(request) || request.method().equals("POST")
        ? null
        : "the method is " + request.method() + ", not POST";
  }

  static @Nullable String mediaType(ReceivedRequest request, String header) {
    String value = request.headers().getOrDefault(header, "");
    return !isForCommands(request) || value.equals(HttpV2Api.FRAMING_MEDIA_TYPE)
        ? null
        : "the header " + header + " is \"" + value + "\", not " + HttpV2Api.FRAMING_MEDIA_TYPE;
  }

  static @Nullable String readOnly(ReceivedRequest request) {
    return !isForCommands(request) || request.target().contains(API + HttpV2Api.READ_ONLY + "/")
        ? null
        : "the URL " + request.target() + " is not one of commands that only read";
  }

  static @Nullable String url(ReceivedRequest request) {
    if (!isForCommands(request)) {
      return null;
    }
    String last = request.target().substring(request.target().lastIndexOf('/') + 1);
    if (last.equals(HttpV2Api.MULTIREQUEST)) {
      return null;
    }
    try {
      ReceivedFrames frames = ReceivedFrames.read(request.body());
      return frames.requests().size() == 1
              && frames.requests().values().iterator().next().name().utf8().equals(last)
          ? null
          : "the URL " + request.target() + " does not have the name of the only command";
    } catch (WireProtocolException e) {
      return e.getMessage();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import java.util.Arrays;
import java.util.Locale;
import org.hgwire.core.WireProtocolException;
import org.jspecify.annotations.Nullable;

/** A rule for requests of clients. */
public enum RequestRule {
  /** The handshake names the API and the form of its response. */
  UPGRADE(HttpRules::upgrade),
  /** A request for commands is sent with POST. */
  METHOD(HttpRules::method),
  /** The type of the body is that of frames. */
  CONTENT_TYPE(request -> HttpRules.mediaType(request, "content-type")),
  /** The type that is accepted is that of frames. */
  ACCEPT(request -> HttpRules.mediaType(request, "accept")),
  /** The URL ends in the name of the only command, or in multirequest. */
  URL(HttpRules::url),
  /** Commands that read are sent to URLs that only read. */
  READ_ONLY(HttpRules::readOnly),
  /** Ids of requests are odd, and each is used once. */
  REQUEST_IDS(framed(FrameRules::requestIds)),
  /** Ids of streams are odd. */
  STREAM_IDS(framed(FrameRules::streamIds)),
  /** The first frame of a stream says so, no other does. */
  STREAM_BEGIN(framed(FrameRules::streamBegin)),
  /** Types of frames are those that clients send. */
  FRAME_TYPES(framed(FrameRules::types)),
  /** Flags are defined, and not contradictory. */
  FLAGS(framed(FrameRules::flags)),
  /** Where more frames of a request are said to follow, they do. */
  COMPLETE(framed(FrameRules::complete)),
  /** Settings of the sender precede all else. */
  SETTINGS_FIRST(framed(FrameRules::settingsFirst)),
  /** A payload has 65,535 bytes at most. */
  PAYLOAD_SIZE(framed(FrameRules::payloadSize)),
  /** Commands are those that are advertised. */
  COMMANDS(framed(CommandRules::commands)),
  /** Arguments are those that are advertised, of their type, and none that is required lacks. */
  ARGUMENTS(framed(CommandRules::arguments)),
  /** No redirect is offered to a server that has no targets. */
  REDIRECT(framed(CommandRules::redirect)),
  /** Of the targets that are advertised only the one that can be used is offered. */
  REDIRECT_TARGETS(framed(CommandRules::redirectTargets)),
  /** Who offers to follow a redirect names a hash that is advertised. */
  REDIRECT_HASHES(framed(CommandRules::redirectHashes));

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Check<ReceivedRequest> check;

  /** Looks at a request. */
  @FunctionalInterface
  private interface Check<T> {
    @Nullable String broken(T request);
  }

  RequestRule(Check<ReceivedRequest> check) {
    this.check = check;
  }

  private static Check<ReceivedRequest> framed(Check<ReceivedFrames> check) {
    return request -> {
      if (!HttpRules.isForCommands(request)) {
        return null;
      }
      try {
        return check.broken(ReceivedFrames.read(request.body()));
      } catch (WireProtocolException e) {
        return e.getMessage();
      }
    };
  }

  /** Returns how {@code request} breaks the rule, or null. */
  public @Nullable String broken(ReceivedRequest request) {
    return check.broken(request);
  }

  /** Returns the name in the notation of cases, such as {@code request-ids}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the rule with a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static RequestRule named(String text) {
    return Arrays.stream(values())
        .filter(rule -> rule.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no rule " + text));
  }
}

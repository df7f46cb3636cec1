// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;
import org.hgwire.testing.FrameBytes;

/** What is wrong with, or rare in, the frames of a client; read from their headers alone. */
enum FrameTrait {
  /** The last header or payload is cut. */
  CUT,
  /** No frame begins a request. */
  NO_REQUEST,
  /** A type that the text does not define. */
  UNDEFINED_TYPE,
  /** A type that servers send. */
  TYPE_OF_SERVERS,
  /** Flags of a stream that the text does not define. */
  UNDEFINED_STREAM_FLAGS,
  /** Flags of a frame that its type does not have, or both or neither of two. */
  WRONG_FLAGS,
  /** A request id that is even. */
  EVEN_REQUEST,
  /** A stream id that is even. */
  EVEN_STREAM,
  /** A stream begins twice. */
  REPEATED_BEGIN,
  /** A payload is encoded. */
  ENCODED,
  /** The settings of a stream. */
  STREAM_SETTINGS,
  /** A request whose last frame, or whose data's last frame, is missing. */
  UNFINISHED,
  /** A request or sender settings that are not exactly one map. */
  NO_MAP;

  /** Returns the traits of what a client posts. */
  static Set<FrameTrait> of(FrameBytes body) {
    Set<FrameTrait> traits = EnumSet.noneOf(FrameTrait.class);
    if (!body.rest().isEmpty()) {
      traits.add(CUT);
    }
    Set<Integer> streams = new HashSet<>();
    boolean requests = false;
    for (Frame frame : body.frames()) {
      addTraits(frame.header(), streams, traits);
      requests |= begins(frame.header());
    }
    if (!requests) {
      traits.add(NO_REQUEST);
    }
    if (isUnfinished(body)) {
      traits.add(UNFINISHED);
    }
    if (SentMessage.of(body).stream().anyMatch(each -> each.map() == null)) {
      traits.add(NO_MAP);
    }
    return traits;
  }

  private static void addTraits(FrameHeader header, Set<Integer> streams, Set<FrameTrait> traits) {
    FrameType type = FrameType.ofCode(header.typeCode());
    if (type == null) {
      traits.add(UNDEFINED_TYPE);
    } else if (!type.allows(header.flags())) {
      traits.add(WRONG_FLAGS);
    }
    if (type == FrameType.COMMAND_RESPONSE
        || type == FrameType.ERROR_RESPONSE
        || type == FrameType.TEXT_OUTPUT
        || type == FrameType.PROGRESS) {
      traits.add(TYPE_OF_SERVERS);
    }
    if (type == FrameType.STREAM_SETTINGS) {
      traits.add(STREAM_SETTINGS);
    }
    if ((header.streamFlags() & ~StreamFlags.DEFINED) != 0) {
      traits.add(UNDEFINED_STREAM_FLAGS);
    }
    if (header.hasStreamFlag(StreamFlags.ENCODED)) {
      traits.add(ENCODED);
    }
    if (header.requestId() % 2 == 0) {
      traits.add(EVEN_REQUEST);
    }
    if (header.streamId() % 2 == 0) {
      traits.add(EVEN_STREAM);
    }
    if (header.hasStreamFlag(StreamFlags.BEGIN) && !streams.add(header.streamId())) {
      traits.add(REPEATED_BEGIN);
    }
  }

  private static boolean begins(FrameHeader header) {
    return header.typeCode() == FrameType.COMMAND_REQUEST.code()
        && (header.flags() & FrameType.REQUEST_NEW) != 0;
  }

  private static boolean isUnfinished(FrameBytes body) {
    Set<Integer> requests = new HashSet<>();
    Set<Integer> data = new HashSet<>();
    for (Frame frame : body.frames()) {
      FrameHeader header = frame.header();
      int id = header.requestId();
      if (header.typeCode() == FrameType.COMMAND_REQUEST.code()) {
        set(requests, id, header.hasFlag(FrameType.REQUEST_MORE));
        set(data, id, header.hasFlag(FrameType.REQUEST_HAVE_DATA));
      } else if (header.typeCode() == FrameType.COMMAND_DATA.code()
          && header.hasFlag(FrameType.EOS)
          && !header.hasFlag(FrameType.CONTINUATION)) {
        data.remove(id);
      }
    }
    return !requests.isEmpty() || !data.isEmpty();
  }

  private static void set(Set<Integer> ids, int id, boolean isMember) {
    if (isMember) {
      ids.add(id);
    } else {
      ids.remove(id);
    }
  }
}

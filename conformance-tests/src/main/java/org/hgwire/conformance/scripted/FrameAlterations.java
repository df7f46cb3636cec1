// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import java.util.List;
import org.hgwire.conformance.scripted.Alteration.Change;
import org.hgwire.core.ByteString;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameNotation;
import org.jspecify.annotations.Nullable;

/** The alterations of frames. */
final class FrameAlterations {
  private static final int UNUSED = 40_000;

  private FrameAlterations() {}

  /** Returns the alteration with a name, or null if it is not one of frames. */
  static @Nullable Change parse(String name, String operands) {
    String[] words = operands.split(" ", 2);
    String template = words.length < 2 ? "" : words[1];
    return switch (name) {
      case "before" -> insertion(words[0], 0, template);
      case "after" -> insertion(words[0], 1, template);
      case "frame" ->
          draft -> {
            List<ByteString> frames = draft.frames();
            int at = AlterationNotation.position(words[0], frames.size());
            frames.set(at, frame(draft, frames.get(at), template));
          };
      case "frame-dropped" ->
          draft ->
              draft.frames().remove(AlterationNotation.position(operands, draft.frames().size()));
      default -> null;
    };
  }

  private static Change insertion(String number, int behind, String template) {
    return draft -> {
      List<ByteString> frames = draft.frames();
      int at = AlterationNotation.position(number, frames.size());
      frames.add(at + behind, frame(draft, frames.get(at), template));
    };
  }

  private static ByteString frame(ResponseDraft draft, ByteString near, String template) {
    ByteString payload = near.substring(FrameHeader.BYTES, near.length());
    String line =
        template
            .replace("{id}", Integer.toString(draft.requestId()))
            .replace("{other}", Integer.toString(draft.requestId() + UNUSED))
            .replace("{stream}", Integer.toString(draft.streamId()))
            .replace("{payload}", FrameNotation.printPayload(payload.asByteBuffer()));
    return ByteString.copyOf(FrameNotation.parse(line).encode());
  }
}

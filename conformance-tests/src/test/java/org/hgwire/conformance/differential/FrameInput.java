// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hgwire.conformance.exchange.SentRequest;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.frame.Frame;
import org.hgwire.testing.FrameBytes;

/**
 * What a client posts.
 *
 * @param path where, below the API: {@code ro/multirequest}
 * @param body the frames, or what should be some
 */
record FrameInput(String path, FrameBytes body) {
  /** Returns the HTTP request. */
  SentRequest request() {
    return new SentRequest(
        "POST",
        "/api/exp-http-v2-0003/" + path,
        Map.of(
            "Accept", HttpV2Api.FRAMING_MEDIA_TYPE, "Content-Type", HttpV2Api.FRAMING_MEDIA_TYPE),
        body.bytes(),
        body.bytes().length());
  }

  /** Returns the inputs with fewer frames, or with less of what follows them. */
  List<FrameInput> smaller() {
    List<FrameInput> smaller = new ArrayList<>();
    ByteString rest = body.rest();
    for (List<Frame> frames : Removal.of(body.frames())) {
      smaller.add(new FrameInput(path, with(FrameBytes.of(frames).bytes(), rest)));
    }
    if (!rest.isEmpty()) {
      ByteString whole = FrameBytes.of(body.frames()).bytes();
      for (int length : new int[] {0, rest.length() / 2, rest.length() - 1}) {
        smaller.add(new FrameInput(path, with(whole, rest.substring(0, length))));
      }
    }
    return smaller;
  }

  private static FrameBytes with(ByteString frames, ByteString rest) {
    byte[] all = new byte[frames.length() + rest.length()];
    System.arraycopy(frames.toByteArray(), 0, all, 0, frames.length());
    System.arraycopy(rest.toByteArray(), 0, all, frames.length(), rest.length());
    return new FrameBytes(ByteString.copyOf(all));
  }

  @Override
  public String toString() {
    return "POST " + path + "\n" + body.toString().indent(2);
  }
}

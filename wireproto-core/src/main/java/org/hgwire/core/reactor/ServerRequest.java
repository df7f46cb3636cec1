// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameType;

/** One request that a server knows. */
final class ServerRequest {
  final int id;
  final boolean dataFollows;
  final PayloadBuffer payload = new PayloadBuffer();
  RequestPhase phase = RequestPhase.IDLE;
  int frames;
  int emptyFrames;
  long dataBytes;
  long maxData;

  /** Whether its data goes nowhere: it was refused, or its response has ended. */
  boolean dropsData;

  /** Whether its response has ended; it is still known while its data arrives. */
  boolean answered;

  ServerRequest(FrameHeader header, long maxData) {
    this.id = header.requestId();
    this.dataFollows = header.hasFlag(FrameType.REQUEST_HAVE_DATA);
    this.maxData = maxData;
  }
}

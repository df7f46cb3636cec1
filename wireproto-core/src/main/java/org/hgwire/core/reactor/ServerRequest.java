// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameType;

/** One request on the server. */
final class ServerRequest {
  final int id;
  final boolean dataFollows;
  final PayloadBuffer payload = new PayloadBuffer();
  RequestPhase phase = RequestPhase.IDLE;
  int frames;
  int emptyFrames;
  long dataBytes;

  /** What its decoded form holds, in bytes, until its response has ended. */
  long heldBytes;

  long maxData;

  /** Whether its data is dropped: it was refused, or its response has ended. */
  boolean dropsData;

  /** Whether its response has ended; it is kept while its data arrives. */
  boolean responseEnded;

  ServerRequest(FrameHeader header, long maxData) {
    this.id = header.requestId();
    this.dataFollows = header.hasFlag(FrameType.REQUEST_HAVE_DATA);
    this.maxData = maxData;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.client.HttpTransport;
import org.hgwire.conformance.suite.mutants.CommandCalls;
import org.hgwire.conformance.suite.mutants.RawFrame;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;

/** Follows redirects, though none was offered. */
final class Followed implements ClientFault {
  @Override
  public HttpTransport.Response exchange(HttpTransport.Request request, HttpTransport sound)
      throws IOException {
    ReceivedResponse response = ReceivedResponse.read(sound.send(request));
    if (!response.isFramed()) {
      return response.toResponse();
    }
    List<RawFrame> frames = new ArrayList<>();
    for (RawFrame next : RawFrame.parse(response.bytes())) {
      String url = url(next.payload());
      frames.add(
          url.isEmpty()
              ? next
              : next.withPayload(SkippedStatus.withOk(content(URI.create(url), sound))));
    }
    return response.withBytes(RawFrame.encode(frames)).toResponse();
  }

  private static String url(ByteString payload) {
    CborMap status = CommandCalls.read(payload);
    return status != null
            && status.get("location") instanceof CborMap location
            && location.get("url") instanceof CborBytes url
        ? url.value().utf8()
        : "";
  }

  private static ByteString content(URI url, HttpTransport sound) throws IOException {
    return ReceivedResponse.read(sound.send(new HttpTransport.Request(url, List.of(), null)))
        .bytes();
  }
}

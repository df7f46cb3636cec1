// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.ResponseStatus;

/** A client and a server connected in memory. */
final class Pair implements AutoCloseable {
  final ClientReactor client;
  final ServerReactor server;

  /** Bytes from client to server, and back, that {@link #toServer} and {@link #toClient} moved. */
  long sent;

  long received;

  Pair(String responses, String requests) {
    this(WireLimits.defaults(), responses, requests);
  }

  Pair(WireLimits limits, String responses, String requests) {
    ContentEncodings outgoing = ContentEncodings.named(requests);
    client =
        new ClientReactor(limits, ContentEncodings.named(responses), outgoing.preferred().get(0));
    server = new ServerReactor(limits, ContentEncodings.standard());
  }

  /** Moves the output of the client and returns the events of the server, buffers copied. */
  List<ServerEvent> toServer() {
    List<ServerEvent> events = new ArrayList<>();
    for (ByteBuffer bytes = client.pollOutput(); bytes != null; bytes = client.pollOutput()) {
      sent += bytes.remaining();
      server.receive(bytes);
      events.addAll(Events.all(server));
    }
    return events;
  }

  /** Moves the output of the server and returns the events of the client, buffers copied. */
  List<ClientEvent> toClient() {
    List<ClientEvent> events = new ArrayList<>();
    for (ByteBuffer bytes = server.pollOutput(); bytes != null; bytes = server.pollOutput()) {
      received += bytes.remaining();
      client.receive(bytes);
      events.addAll(Events.all(client));
    }
    return events;
  }

  int call(String name) {
    return client.call(CommandRequest.of(name, CborMap.empty()), false);
  }

  static ByteBuffer ok() {
    return CborEncoder.encode(new ResponseStatus.Ok().toCbor()).asByteBuffer();
  }

  /** Returns the bytes of the response to one request among {@code events}. */
  static byte[] response(List<ClientEvent> events, int requestId) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ClientEvent event : events) {
      if (event instanceof ClientEvent.ResponseReceived piece && piece.requestId() == requestId) {
        byte[] copy = new byte[piece.data().remaining()];
        piece.data().duplicate().get(copy);
        bytes.writeBytes(copy);
      }
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}

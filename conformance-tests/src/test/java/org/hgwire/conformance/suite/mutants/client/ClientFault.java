// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.hgwire.client.HttpTransport;
import org.hgwire.conformance.suite.mutants.RawFrame;
import org.hgwire.core.ByteString;

/** What a client does wrong, between our client and HTTP. */
@FunctionalInterface
interface ClientFault {
  /** A client without fault. */
  ClientFault NONE = (request, sound) -> sound.send(request);

  /** Sends a request and returns the response, with a fault in either. */
  HttpTransport.Response exchange(HttpTransport.Request request, HttpTransport sound)
      throws IOException;

  /** Changes a response, or throws because the client does not take it. */
  @FunctionalInterface
  interface Change {
    ReceivedResponse apply(ReceivedResponse response) throws IOException;
  }

  /** Returns this fault and another one, which is nearer to the server. */
  default ClientFault and(ClientFault other) {
    return (request, sound) -> exchange(request, new FaultyTransport(other, sound));
  }

  /** Sends other requests. */
  static ClientFault sends(UnaryOperator<SentCall> change) {
    return (request, sound) -> sound.send(change.apply(new SentCall(request)).request());
  }

  /** Sends other frames. */
  static ClientFault sendsFrames(UnaryOperator<List<RawFrame>> change) {
    return sends(call -> call.withFrames(change));
  }

  /** Takes responses for others. */
  static ClientFault receives(Change change) {
    return (request, sound) ->
        change.apply(ReceivedResponse.read(sound.send(request))).toResponse();
  }

  /** Takes the frames of responses for others. */
  static ClientFault receivesFrames(UnaryOperator<List<RawFrame>> change) {
    return receives(response -> response.withFrames(change));
  }

  /** Takes the objects of the responses to commands, as they are encoded, for others. */
  static ClientFault receivesObjects(UnaryOperator<ByteString> change) {
    return receives(response -> response.withObjects(change));
  }

  /** Takes the object of the handshake for another one. */
  static ClientFault receivesHandshake(UnaryOperator<ByteString> change) {
    return receives(
        response ->
            response.isHandshake() ? response.withBytes(change.apply(response.bytes())) : response);
  }

  /** Refuses responses that are fine. */
  static ClientFault refuses(String why, Predicate<ReceivedResponse> condition) {
    return receives(
        response -> {
          if (condition.test(response)) {
            throw new IOException(why);
          }
          return response;
        });
  }

  /** Refuses frames that are fine. */
  static ClientFault refusesFrames(String why, Predicate<List<RawFrame>> condition) {
    return refuses(
        why, response -> response.isFramed() && condition.test(RawFrame.parse(response.bytes())));
  }
}

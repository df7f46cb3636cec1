// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one exchange on the client.
 *
 * <pre>
 * phase      response         error, or last response  text, progress  cancel, or its own fault
 * AWAITED    AWAITED          ENDED                    AWAITED         DROPPED
 * DROPPED    DROPPED          ENDED                    DROPPED         DROPPED
 * ENDED      refused          refused                  refused         ENDED
 * </pre>
 *
 * <p>An ENDED request is kept, and its id in use, only while its data is being sent.
 */
final class ClientRequests {
  /** The phase of a request on the client. */
  enum Phase {
    /** Its response is delivered to the caller. */
    AWAITED,
    /** Its response is dropped. */
    DROPPED,
    /** Its response has ended. */
    ENDED
  }

  /** One request. */
  static final class Request {
    final int id;
    Phase phase = Phase.AWAITED;
    boolean sendsData;

    /** The frames of the response since the last one that brought something of it. */
    int emptyFrames;

    /** The text output and progress frames since then. */
    int sideChannelFrames;

    /** The stream that carried encoded parts of the response, if its encoder buffers bytes. */
    @Nullable IncomingStream encodedOn;

    Request(int id, boolean sendsData) {
      this.id = id;
      this.sendsData = sendsData;
    }
  }

  private final RequestIds ids = new RequestIds();
  private final Map<Integer, Request> requests = new LinkedHashMap<>();
  private int awaited;

  /** Returns the number of requests in phase AWAITED. */
  int awaited() {
    return awaited;
  }

  /**
   * Begins a request.
   *
   * @throws IllegalStateException if all ids are in use
   */
  Request begin(boolean sendsData) {
    if (requests.size() == RequestIds.COUNT) {
      throw new IllegalStateException("all " + RequestIds.COUNT + " request ids are in use");
    }
    Request request = new Request(ids.next(requests::containsKey), sendsData);
    requests.put(request.id, request);
    awaited++;
    return request;
  }

  /** Returns the request if its response has not ended, else null. */
  @Nullable Request unended(int id) {
    Request request = requests.get(id);
    return request == null || request.phase == Phase.ENDED ? null : request;
  }

  /** Returns the request if its data is being sent, else null. */
  @Nullable Request sendingData(int id) {
    Request request = requests.get(id);
    return request == null || !request.sendsData ? null : request;
  }

  /** Drops what still arrives for a request; returns whether it was awaited before. */
  boolean drop(Request request) {
    if (request.phase != Phase.AWAITED) {
      return false;
    }
    awaited--;
    request.phase = Phase.DROPPED;
    return true;
  }

  /** Ends the response to a request; returns whether it was awaited before. */
  boolean end(Request request) {
    boolean wasAwaited = drop(request);
    request.phase = Phase.ENDED;
    forgetIfDone(request);
    return wasAwaited;
  }

  /** Ends the data of a request. */
  void endData(Request request) {
    request.sendsData = false;
    forgetIfDone(request);
  }

  private void forgetIfDone(Request request) {
    if (request.phase == Phase.ENDED && !request.sendsData) {
      requests.remove(request.id);
    }
  }

  /** Returns all requests in the order of their calls. */
  Iterable<Request> all() {
    return requests.values();
  }
}

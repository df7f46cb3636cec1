// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.IOException;
import java.util.List;
import org.hgwire.core.ByteBudget;
import org.hgwire.core.message.CommandRequest;

/**
 * The queues of the responses of one exchange, which share a budget, and whether anything of them
 * was delivered: from then on they cannot be restarted. Safe for use by several threads.
 */
final class ResponseQueues {
  private final List<ResponseQueue> queues;
  private boolean delivered;

  ResponseQueues(List<CommandRequest> requests, SpillOptions options) {
    ByteBudget memory = new ByteBudget(options.bytesPerExchange());
    ByteBudget disk = new ByteBudget(options.bytesOnDisk());
    queues =
        requests.stream()
            .map(request -> new ResponseQueue(request.name().toString(), options, memory, disk))
            .toList();
  }

  /** Returns the queue of the request at {@code index}. */
  ResponseQueue get(int index) {
    return queues.get(index);
  }

  /** Returns all queues, in the order of the requests. */
  List<ResponseQueue> all() {
    return queues;
  }

  /**
   * Notes that an outcome is about to be delivered of a response that was restarted {@code
   * generation} times.
   *
   * @return false if it was restarted meanwhile: then the outcome is obsolete
   */
  synchronized boolean deliver(ResponseQueue queue, int generation) {
    if (queue.generation() != generation) {
      return false;
    }
    delivered = true;
    return true;
  }

  /** Returns whether an outcome of one of them was delivered. */
  synchronized boolean isDelivered() {
    return delivered;
  }

  /** Restarts all responses, or returns false if an outcome was delivered. */
  synchronized boolean restart() throws IOException {
    if (delivered) {
      return false;
    }
    for (ResponseQueue queue : queues) {
      queue.restart();
    }
    return true;
  }

  /** Fails all responses that are not complete. */
  void fail(PeerException failure) {
    for (ResponseQueue queue : queues) {
      queue.fail(failure);
    }
  }

  /** Returns whether no response needs input any more. */
  boolean isDone() {
    return queues.stream().allMatch(ResponseQueue::isDone);
  }

  /** Returns whether the first object of one of the responses is still awaited. */
  boolean isAwaitingFirstObject() {
    return queues.stream().anyMatch(ResponseQueue::isAwaitingFirstObject);
  }
}

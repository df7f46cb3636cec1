// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.offload;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.hgwire.client.ExchangeListener;
import org.hgwire.client.RedirectEvent;

/** The redirect events of a client, and how many bytes came from where. */
final class RedirectLog implements ExchangeListener {
  private final List<RedirectEvent> events = new CopyOnWriteArrayList<>();
  private final AtomicLong inline = new AtomicLong();
  private final AtomicLong elsewhere = new AtomicLong();

  List<RedirectEvent.Completed> completed() {
    return events.stream()
        .filter(RedirectEvent.Completed.class::isInstance)
        .map(RedirectEvent.Completed.class::cast)
        .toList();
  }

  List<RedirectEvent.Failed> failed() {
    return events.stream()
        .filter(RedirectEvent.Failed.class::isInstance)
        .map(RedirectEvent.Failed.class::cast)
        .toList();
  }

  /** Returns the bytes of response bodies from the server. */
  long inlineBytes() {
    return inline.get();
  }

  /** Returns the bytes from content hosts. */
  long elsewhereBytes() {
    return elsewhere.get();
  }

  @Override
  public void bytesReceived(long count) {
    inline.addAndGet(count);
  }

  @Override
  public void contentBytesReceived(long count) {
    elsewhere.addAndGet(count);
  }

  @Override
  public void redirectCompleted(RedirectEvent.Completed event) {
    events.add(event);
  }

  @Override
  public void redirectFailed(RedirectEvent.Failed event) {
    events.add(event);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.testing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.hgwire.client.ExchangeListener;
import org.hgwire.client.PeerException;
import org.hgwire.client.RedirectEvent;

/** Records redirects, failed attempts, and how many bytes came from where. */
public final class RecordingListener implements ExchangeListener {
  private final List<RedirectEvent> redirects = new CopyOnWriteArrayList<>();
  private final List<PeerException> failedAttempts = new CopyOnWriteArrayList<>();
  private final AtomicLong serverBytes = new AtomicLong();
  private final AtomicLong contentBytes = new AtomicLong();

  /** Returns the events of redirects, in order. */
  public List<RedirectEvent> redirects() {
    return redirects;
  }

  /** Returns the redirects that were completed or failed, in order. */
  public List<RedirectEvent> redirectOutcomes() {
    return redirects.stream().filter(event -> !(event instanceof RedirectEvent.Received)).toList();
  }

  /** Returns the redirects that were read to their end. */
  public List<RedirectEvent.Completed> completedRedirects() {
    return of(RedirectEvent.Completed.class);
  }

  /** Returns the redirects that could not be used. */
  public List<RedirectEvent.Failed> failedRedirects() {
    return of(RedirectEvent.Failed.class);
  }

  private <E extends RedirectEvent> List<E> of(Class<E> type) {
    return redirects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Forgets the events of redirects. */
  public void clearRedirects() {
    redirects.clear();
  }

  /** Returns why attempts failed that were retried. */
  public List<PeerException> failedAttempts() {
    return failedAttempts;
  }

  /** Returns how many bytes of response bodies came from the server. */
  public long serverBytes() {
    return serverBytes.get();
  }

  /** Returns how many bytes came from content hosts. */
  public long contentBytes() {
    return contentBytes.get();
  }

  @Override
  public void bytesReceived(long count) {
    serverBytes.addAndGet(count);
  }

  @Override
  public void contentBytesReceived(long count) {
    contentBytes.addAndGet(count);
  }

  @Override
  public void redirectReceived(RedirectEvent.Received event) {
    redirects.add(event);
  }

  @Override
  public void redirectCompleted(RedirectEvent.Completed event) {
    redirects.add(event);
  }

  @Override
  public void redirectFailed(RedirectEvent.Failed event) {
    redirects.add(event);
  }

  @Override
  public void attemptFailed(PeerException failure, Duration pause) {
    failedAttempts.add(failure);
  }
}

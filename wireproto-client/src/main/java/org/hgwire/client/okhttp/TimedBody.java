// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import okhttp3.Call;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response. Each read of it has to end within the read timeout, whatever arrives
 * meanwhile that is no body: the HTTP library starts its timeout again at each byte.
 */
final class TimedBody extends ForwardingSource {
  private final Call call;
  private final @Nullable ConnectionMeter meter;

  /**
   * Makes the body.
   *
   * @param call is cancelled if a read takes too long
   * @param meter gets the number of bytes that were read, or null
   */
  TimedBody(Source source, Call call, @Nullable ConnectionMeter meter) {
    super(source);
    this.call = call;
    this.meter = meter;
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    Deadline deadline = new Deadline(Duration.ofNanos(timeout().timeoutNanos()), call::cancel);
    long count;
    deadline.start();
    try {
      count = super.read(sink, byteCount);
    } catch (IOException e) {
      throw deadline.hasExpired()
          ? (IOException) new SocketTimeoutException("no body arrived in time").initCause(e)
          : e;
    } finally {
      deadline.stop();
    }
    if (meter != null && count > 0) {
      meter.delivered(count);
    }
    return count;
  }
}

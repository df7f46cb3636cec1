// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.exchange;

import java.time.Duration;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.command.HttpV2Api;
import org.jspecify.annotations.Nullable;

/** A response together with what it is in the protocol; each view is read once. Not thread-safe. */
public final class ServerAnswer {
  private final SentRequest request;
  private final HttpResponse http;
  private final FetchedContent content;
  private @Nullable FramedResponse framed;
  private @Nullable Version1Response version1;
  private @Nullable BundleContents bundle;

  /**
   * Makes the answer to {@code request}.
   *
   * @param timeout how long fetching content may take that the response leads to
   */
  public ServerAnswer(SentRequest request, HttpResponse http, Duration timeout) {
    this.request = request;
    this.http = http;
    content = new FetchedContent(timeout);
  }

  /** Returns what is fetched from the places that the response leads to. */
  public FetchedContent content() {
    return content;
  }

  /** Returns the response. */
  public HttpResponse http() {
    return http;
  }

  /** Returns whether the body consists of frames. */
  public boolean isFramed() {
    return http.mediaType().equals(HttpV2Api.FRAMING_MEDIA_TYPE);
  }

  /** Returns the body as frames. */
  public FramedResponse framed() {
    FramedResponse known = framed;
    if (known == null) {
      known = FramedResponse.read(http.body());
      framed = known;
    }
    return known;
  }

  /**
   * Returns the body as a response of version 1.
   *
   * @throws WireProtocolException if it is malformed
   */
  public Version1Response version1() {
    Version1Response known = version1;
    if (known == null) {
      known = Version1Response.read(http, request.target());
      version1 = known;
    }
    return known;
  }

  /**
   * Returns the body as a bundle.
   *
   * @throws WireProtocolException if it is malformed
   */
  public BundleContents bundle() {
    BundleContents known = bundle;
    if (known == null) {
      known = BundleContents.read(version1().body());
      bundle = known;
    }
    return known;
  }
}

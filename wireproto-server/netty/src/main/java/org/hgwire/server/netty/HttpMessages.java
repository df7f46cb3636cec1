// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.hgwire.server.command.ClientConnection;
import org.hgwire.server.http.HttpFields;
import org.hgwire.server.http.RequestHead;
import org.hgwire.server.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/** Converts request heads from Netty's form, and response heads to it. */
final class HttpMessages {
  private HttpMessages() {}

  static RequestHead requestHead(HttpRequest request, ClientConnection connection) {
    List<Entry<String, String>> fields = new ArrayList<>();
    request
        .headers()
        .iteratorCharSequence()
        .forEachRemaining(
            field -> fields.add(Map.entry(field.getKey().toString(), field.getValue().toString())));
    return new RequestHead(
        request.method().name(), request.uri(), new HttpFields(fields), connection);
  }

  static HttpResponse response(HttpRequest request, ResponseHead head, boolean keepAlive) {
    HttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(head.status()));
    head.fields()
        .entries()
        .forEach(field -> response.headers().add(field.getKey(), field.getValue()));
    boolean delimited = true;
    if (head.length().isPresent()) {
      HttpUtil.setContentLength(response, head.length().getAsLong());
    } else if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      delimited = false;
    } else {
      HttpUtil.setTransferEncodingChunked(response, true);
    }
    if (!keepAlive || !delimited) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
    return response;
  }

  /** Returns the status of the response to a request head that cannot be decoded. */
  static HttpResponseStatus statusOf(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return HttpResponseStatus.REQUEST_URI_TOO_LONG;
    }
    return cause instanceof TooLongHttpHeaderException
        ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        : HttpResponseStatus.BAD_REQUEST;
  }

  /** Returns the connection of {@code channel}, or of its parent if it is an HTTP/2 stream. */
  static ClientConnection connection(Channel channel) {
    Channel connection =
        channel.parent() != null && channel.remoteAddress() == null ? channel.parent() : channel;
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null && channel.parent() != null) {
      tls = channel.parent().pipeline().get(SslHandler.class);
    }
    return new ClientConnection(connection.remoteAddress(), tls != null, certificates(tls));
  }

  /** Returns the connection that {@code channel} is, or of which it is an HTTP/2 stream. */
  static Channel connectionOf(Channel channel) {
    return channel instanceof Http2StreamChannel ? channel.parent() : channel;
  }

  private static List<Certificate> certificates(@Nullable SslHandler tls) {
    if (tls == null) {
      return List.of();
    }
    SSLEngine engine = tls.engine();
    if (!engine.getNeedClientAuth() && !engine.getWantClientAuth()) {
      return List.of();
    }
    try {
      return List.of(engine.getSession().getPeerCertificates());
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.hgwire.server.command.ClientConnection;
import org.hgwire.server.http.HttpDate;
import org.hgwire.server.http.HttpFields;
import org.hgwire.server.http.RequestHead;
import org.hgwire.server.http.ResponseHead;
import org.hgwire.server.http.ServerBudget;
import org.jspecify.annotations.Nullable;

/** Converts request heads from Netty's form, and response heads to it. */
final class HttpMessages {
  private HttpMessages() {}

  static RequestHead requestHead(HttpRequest request, Channel channel) {
    boolean http2 = channel instanceof Http2StreamChannel;
    List<Entry<String, String>> fields = new ArrayList<>();
    request
        .headers()
        .iteratorCharSequence()
        .forEachRemaining(
            field -> fields.add(Map.entry(field.getKey().toString(), field.getValue().toString())));
    if (http2) {
      mergeHosts(fields);
    }
    return new RequestHead(
        request.method().name(),
        request.uri(),
        http2 ? "HTTP/2" : request.protocolVersion().text(),
        new HttpFields(fields),
        connection(channel),
        null,
        Map.of());
  }

  /** RFC 9113, 8.3.1: Host besides {@code :authority} is the same, or the request is malformed. */
  private static void mergeHosts(List<Entry<String, String>> fields) {
    Set<String> seen = new HashSet<>();
    fields.removeIf(
        field -> field.getKey().equalsIgnoreCase("host") && !seen.add(field.getValue()));
  }

  static HttpResponse response(HttpRequest request, ResponseHead head, boolean keepAlive) {
    HttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(head.status()));
    head.fields()
        .entries()
        .forEach(field -> response.headers().add(field.getKey(), field.getValue()));
    addDate(response);
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

  /** Returns whether a request may follow this response on its connection. */
  static boolean mayContinue(HttpRequest request, ResponseHead response) {
    boolean delimited =
        response.length().isPresent() || !request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    return delimited && !"close".equals(response.fields().first("Connection"));
  }

  private static void addDate(HttpResponse response) {
    if (!response.headers().contains(HttpHeaderNames.DATE)) {
      response.headers().set(HttpHeaderNames.DATE, HttpDate.now());
    }
  }

  /** Returns the whole response that ends a connection. */
  static FullHttpResponse refusal(HttpRequest request, Refusal refusal) {
    ByteBuf text = Unpooled.copiedBuffer(refusal.text() + "\n", StandardCharsets.US_ASCII);
    int length = text.readableBytes();
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            refusal.status(),
            request.method().equals(HttpMethod.HEAD) ? text.clear() : text);
    addDate(response);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_PLAIN);
    response.headers().set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
    if (refusal.status().code() == ServerBudget.STATUS) {
      response.headers().set(HttpHeaderNames.RETRY_AFTER, ServerBudget.RETRY_AFTER_SECONDS);
    }
    HttpUtil.setContentLength(response, length);
    HttpUtil.setKeepAlive(response, false);
    return response;
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

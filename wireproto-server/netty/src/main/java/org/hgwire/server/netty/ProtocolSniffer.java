// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Distinguishes HTTP/2 with prior knowledge from HTTP/1.1 by the first bytes of an unencrypted
 * connection, adds the handlers of the protocol and removes itself.
 */
final class ProtocolSniffer extends ByteToMessageDecoder {
  /** The start of the HTTP/2 preface (RFC 9113, section 3.4); HTTP/1.1 has no such method. */
  private static final byte[] PREFACE = "PRI * HTTP/2.0".getBytes(StandardCharsets.US_ASCII);

  private final HttpPipelines pipelines;
  private final FirstRequest firstRequest;

  ProtocolSniffer(HttpPipelines pipelines, FirstRequest firstRequest) {
    this.pipelines = pipelines;
    this.firstRequest = firstRequest;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf input, List<Object> output) {
    int known = Math.min(PREFACE.length, input.readableBytes());
    boolean preface = true;
    for (int i = 0; i < known; i++) {
      preface &= input.getByte(input.readerIndex() + i) == PREFACE[i];
    }
    if (preface && known < PREFACE.length) {
      return;
    }
    if (preface) {
      pipelines.http2(context.pipeline(), firstRequest);
    } else {
      pipelines.http1(context.pipeline(), firstRequest);
    }
    context.pipeline().remove(this);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a connection on which the client begins a second TLS handshake: it would cost the server
 * much and the client little, and a request could change its identity in between. To be placed
 * before the {@link SslHandler}.
 *
 * <p>Up to TLS 1.2 the type of a record tells a handshake. In TLS 1.3 there is no renegotiation,
 * and what follows a handshake has the type of application data (RFC 8446, 5.2).
 */
// A failed close ends in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class RenegotiationGuard extends ByteToMessageDecoder {
  private static final Logger LOG = LoggerFactory.getLogger(RenegotiationGuard.class);

  /** RFC 8446, 5.1: type, version and length of a record. */
  private static final int HEADER = 5;

  private static final int LENGTH = 3;
  private static final int HANDSHAKE = 22;

  private final SslHandler tls;

  /** The bytes of the current record that have not arrived. */
  private int left;

  RenegotiationGuard(SslHandler tls) {
    this.tls = tls;
  }

  /** Passes the bytes on, record by record: the last one of a handshake changes what may follow. */
  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf input, List<Object> output) {
    if (left == 0) {
      if (input.readableBytes() < HEADER) {
        return;
      }
      int start = input.readerIndex();
      if (input.getUnsignedByte(start) == HANDSHAKE && tls.handshakeFuture().isSuccess()) {
        LOG.debug("{} renegotiates TLS", context.channel().remoteAddress());
        input.skipBytes(input.readableBytes());
        context.close();
        return;
      }
      left = HEADER + input.getUnsignedShort(start + LENGTH);
    }
    int size = Math.min(left, input.readableBytes());
    left -= size;
    context.fireChannelRead(input.readRetainedSlice(size));
  }
}

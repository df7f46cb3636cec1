// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Exception;

/** Resets an HTTP/2 stream whose request is malformed, with the code of the fault. */
// A failed write ends in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class StreamFaults extends ChannelInboundHandlerAdapter {
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Http2Exception fault = Http2CodecUtil.getEmbeddedHttp2Exception(cause);
    if (fault != null) {
      context.writeAndFlush(new DefaultHttp2ResetFrame(fault.error()));
    }
    context.fireExceptionCaught(cause);
  }
}

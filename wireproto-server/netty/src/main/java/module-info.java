// SPDX-License-Identifier: Apache-2.0
/** The server role in Netty: HTTP/1.1, HTTP/2 and TLS. */
module org.hgwire.server.netty {
  requires transitive org.hgwire.server;
  requires static transitive org.jspecify;
  requires org.slf4j;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.codec.http2;
  requires io.netty.common;
  requires transitive io.netty.handler;
  requires transitive io.netty.transport;

  exports org.hgwire.server.netty;
}

// SPDX-License-Identifier: Apache-2.0
/** The server role: dispatcher, standard commands, the repository SPI, HTTP, Netty. */
module org.hgwire.server {
  requires transitive org.hgwire.core;
  requires transitive org.hgwire.redirects;
  requires static transitive com.fasterxml.jackson.databind;
  requires static transitive org.jspecify;
  requires org.slf4j;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.codec.http2;
  requires io.netty.common;
  requires transitive io.netty.handler;
  requires transitive io.netty.transport;

  exports org.hgwire.server;
  exports org.hgwire.server.clonebundles;
  exports org.hgwire.server.command;
  exports org.hgwire.server.http;
  exports org.hgwire.server.netty;
  exports org.hgwire.server.offload;
  exports org.hgwire.server.jackson;
  exports org.hgwire.server.repository;
}

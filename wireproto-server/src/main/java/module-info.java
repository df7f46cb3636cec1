// SPDX-License-Identifier: Apache-2.0
/** The server role: dispatcher, standard commands, the repository SPI, HTTP, Netty. */
module org.hgwire.server {
  requires transitive org.hgwire.core;
  requires static transitive org.jspecify;

  exports org.hgwire.server;
  exports org.hgwire.server.command;
  exports org.hgwire.server.http;
  exports org.hgwire.server.repository;
}

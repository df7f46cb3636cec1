// SPDX-License-Identifier: Apache-2.0
/**
 * The server role: dispatcher, standard commands, the repository SPI, HTTP without a server
 * library.
 */
module org.hgwire.server {
  requires transitive org.hgwire.core;
  requires transitive org.hgwire.redirects;
  requires transitive org.hgwire.store;
  requires static transitive org.jspecify;
  requires static com.fasterxml.jackson.databind;
  requires org.slf4j;

  exports org.hgwire.server;
  exports org.hgwire.server.bundle;
  exports org.hgwire.server.clonebundles;
  exports org.hgwire.server.command;
  exports org.hgwire.server.http;
  exports org.hgwire.server.offload;
  exports org.hgwire.server.repository;
  exports org.hgwire.server.repository.memory;
  exports org.hgwire.server.store;
  exports org.hgwire.server.version1;
}

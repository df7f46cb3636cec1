// SPDX-License-Identifier: Apache-2.0
/** Metrics of a server with Micrometer. */
module org.hgwire.server.micrometer {
  requires transitive micrometer.core;
  requires transitive org.hgwire.server;
  requires static transitive org.jspecify;

  exports org.hgwire.server.micrometer;
}

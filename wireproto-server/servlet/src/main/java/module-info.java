// SPDX-License-Identifier: Apache-2.0
/** The server role in a servlet container: Jakarta Servlet 6. */
module org.hgwire.server.servlet {
  requires transitive org.hgwire.server;
  requires transitive jakarta.servlet;
  requires static transitive org.jspecify;
  requires org.slf4j;

  exports org.hgwire.server.servlet;
}

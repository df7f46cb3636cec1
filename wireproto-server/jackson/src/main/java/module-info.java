// SPDX-License-Identifier: Apache-2.0
/** Commands over objects that Jackson maps. */
module org.hgwire.server.jackson {
  requires transitive com.fasterxml.jackson.databind;
  requires transitive org.hgwire.server;
  requires static transitive org.jspecify;

  exports org.hgwire.server.jackson;
}

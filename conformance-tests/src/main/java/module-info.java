// SPDX-License-Identifier: Apache-2.0
/** Conformance of servers and clients to the protocol. */
module org.hgwire.conformance {
  requires transitive org.hgwire.core;
  requires static transitive org.jspecify;

  exports org.hgwire.conformance.transcript;
}

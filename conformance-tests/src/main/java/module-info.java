// SPDX-License-Identifier: Apache-2.0
/** Conformance of servers and clients to the protocol. */
module org.hgwire.conformance {
  requires transitive org.hgwire.core;
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires java.xml;

  exports org.hgwire.conformance.cases;
  exports org.hgwire.conformance.exchange;
  exports org.hgwire.conformance.report;
  exports org.hgwire.conformance.scripted;
  exports org.hgwire.conformance.suite;
  exports org.hgwire.conformance.transcript;
  exports org.hgwire.conformance.vectors;
}

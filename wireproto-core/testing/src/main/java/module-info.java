// SPDX-License-Identifier: Apache-2.0
/** Generators of the protocol's data for property-based tests. */
module org.hgwire.testing {
  requires transitive net.jqwik.api;
  requires transitive org.hgwire.core;
  requires static transitive org.jspecify;

  exports org.hgwire.testing;

  provides net.jqwik.api.SampleReportingFormat with
      org.hgwire.testing.NotationFormat;
}

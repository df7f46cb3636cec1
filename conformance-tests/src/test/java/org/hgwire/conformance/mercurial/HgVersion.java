// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.mercurial;

/**
 * The versions of Mercurial that the interop tests run. Each is that of a release of Debian, from
 * which {@code fetch-hg} takes it.
 *
 * <p>A test of several versions is parameterized with {@code @EnumSource(HgVersion.class)} and
 * calls {@link RealHg#require(HgVersion)}.
 */
public enum HgVersion {
  /** 5.6.1, which speaks versions 1 and 2 of the protocol. */
  V5_6("5.6.1", "bullseye", "hg.v2"),
  /** 6.3.2, which speaks version 1, as all later ones do. */
  V6_3("6.3.2", "bookworm", "hg.6.3"),
  /** 7.0.1. */
  V7_0("7.0.1", "trixie", "hg.7.0"),
  /** Whatever is the newest in Debian, or 7.0.1 if that cannot be had or run. */
  NEWEST("newest", "sid", "hg.newest");

  private final String text;
  private final String suite;
  private final String property;

  HgVersion(String text, String suite, String property) {
    this.text = text;
    this.suite = suite;
    this.property = property;
  }

  /** Returns the suite of Debian that has it. */
  String suite() {
    return suite;
  }

  /** Returns the system property that names another executable. */
  String property() {
    return property;
  }

  /** Returns the number, or {@code newest}. */
  @Override
  public String toString() {
    return text;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.testing;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.AddressPolicy;
import org.hgwire.redirects.PinSet;
import org.hgwire.redirects.RedirectFault;
import org.hgwire.redirects.RedirectPolicy;
import org.jspecify.annotations.Nullable;

/** Collects the properties of a case of trust; ends with its outcome. */
final class TrustCaseBuilder {
  private final Consumer<TrustCase> cases;
  private final String name;
  private final TestCertificate shown;
  private final RedirectPolicy.Builder policy =
      RedirectPolicy.builder()
          .addresses(AddressPolicy.PUBLIC.allowing("127.0.0.0/8").allowing("::1"));
  private String host;
  private List<X509Certificate> chain;
  private List<ByteString> servers = List.of();
  private List<ByteString> authorities = List.of();
  private List<X509Certificate> ofOrigin = List.of();

  TrustCaseBuilder(Consumer<TrustCase> cases, String name, TestCertificate shown, String host) {
    this.cases = cases;
    this.name = name;
    this.shown = shown;
    this.host = host;
    this.chain = shown.chain();
  }

  TrustCaseBuilder showing(X509Certificate... certificates) {
    chain = List.of(certificates);
    return this;
  }

  TrustCaseBuilder host(String name) {
    host = name;
    return this;
  }

  TrustCaseBuilder server(TestCertificate... pinned) {
    servers = Arrays.stream(pinned).map(TestCertificate::der).toList();
    return this;
  }

  TrustCaseBuilder server(ByteString pinned) {
    servers = List.of(pinned);
    return this;
  }

  TrustCaseBuilder authority(TestCertificate... pinned) {
    authorities = Arrays.stream(pinned).map(TestCertificate::der).toList();
    return this;
  }

  /** The user trusts these for content hosts. */
  TrustCaseBuilder own(TestCertificate... trusted) {
    policy.authorities(Arrays.stream(trusted).map(TestCertificate::certificate).toList());
    return this;
  }

  /** The user trusts these for the origin server. */
  TrustCaseBuilder ofOrigin(TestCertificate... trusted) {
    ofOrigin = Arrays.stream(trusted).map(TestCertificate::certificate).toList();
    return this;
  }

  TrustCaseBuilder ignoringExpiry() {
    policy.ignoreExpiry(true);
    return this;
  }

  TrustCaseBuilder ignoringHostName() {
    policy.ignoreHostName(true);
    return this;
  }

  void trusted() {
    outcome(null);
  }

  void refused(RedirectFault fault) {
    outcome(fault);
  }

  void outcome(@Nullable RedirectFault fault) {
    cases.accept(
        new TrustCase(
            name,
            chain,
            shown.key(),
            host,
            new PinSet(servers, authorities),
            ofOrigin,
            policy.build(),
            fault));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.trust;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hgwire.redirects.RedirectException;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a path leads from a server's certificate to one of some authorities (RFC 5280,
 * section 6), over the certificates that the server showed: no certificates and no revocation lists
 * are fetched. At most {@value #MAX_INTERMEDIATES} certificates may be in between. The validity,
 * path length and name constraints of the authority itself apply too, which the platform's own
 * check ignores. Signatures with MD5 and SHA-1 do not count.
 */
final class PathCheck {
  /** Public chains have one to three; a search over more is work that a server can impose. */
  private static final int MAX_INTERMEDIATES = 5;

  private final String name;
  private final List<X509Certificate> anchors;
  private final boolean ignoreExpiry;

  /**
   * Creates a check.
   *
   * @param name what the anchors are called in messages
   */
  PathCheck(String name, List<X509Certificate> anchors, boolean ignoreExpiry) {
    this.name = name;
    this.anchors = List.copyOf(anchors);
    this.ignoreExpiry = ignoreExpiry;
  }

  List<X509Certificate> anchors() {
    return anchors;
  }

  /**
   * Requires a path from the first certificate, whose own validity and purpose are checked
   * elsewhere.
   */
  void require(List<X509Certificate> chain) throws RedirectException {
    X509Certificate server = chain.get(0);
    if (anchors.contains(server)) {
      return;
    }
    List<X509Certificate> usable = chain.stream().filter(PathCheck::isStrong).toList();
    RedirectException problem = null;
    for (X509Certificate anchor : usable.contains(server) ? anchors : List.<X509Certificate>of()) {
      if (signs(anchor, usable)) {
        problem = problemWith(usable, server, anchor);
        if (problem == null) {
          return;
        }
      }
    }
    throw problem != null
        ? problem
        : ServerCertificate.refused(
            "no path leads from the certificate of "
                + ServerCertificate.name(server)
                + " to "
                + name,
            null);
  }

  /** Returns whether the anchor has the name of an issuer, so that a path may exist. */
  private static boolean signs(X509Certificate anchor, List<X509Certificate> chain) {
    return chain.stream()
        .anyMatch(each -> each.getIssuerX500Principal().equals(anchor.getSubjectX500Principal()));
  }

  private static boolean isStrong(X509Certificate certificate) {
    String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    return !algorithm.startsWith("MD") && !algorithm.startsWith("SHA1");
  }

  private @Nullable RedirectException problemWith(
      List<X509Certificate> chain, X509Certificate server, X509Certificate anchor) {
    try {
      AnchorLimits limits = AnchorLimits.of(anchor);
      if (!ignoreExpiry) {
        ServerCertificate.requireValidity(anchor);
      }
      GeneralSecurityException problem = null;
      for (Date time : times(chain)) {
        try {
          limits.require(path(chain, server, anchor, limits, time));
          return null;
        } catch (GeneralSecurityException e) {
          problem = e;
        }
      }
      return ServerCertificate.refused(
          "no path leads from the certificate of "
              + ServerCertificate.name(server)
              + " to "
              + ServerCertificate.name(anchor)
              + " of "
              + name
              + (problem == null ? "" : ": " + problem.getMessage()),
          problem);
    } catch (RedirectException e) {
      return e;
    }
  }

  /**
   * Returns the times at which the path may be valid: now, and if expiry is ignored also the
   * beginning of the validity of each certificate. If there is a time at which all are valid, one
   * of these is.
   */
  private List<Date> times(List<X509Certificate> chain) {
    List<Date> times = new ArrayList<>();
    times.add(Date.from(Instant.now()));
    if (ignoreExpiry) {
      chain.forEach(certificate -> times.add(certificate.getNotBefore()));
    }
    return times;
  }

  private static List<X509Certificate> path(
      List<X509Certificate> chain,
      X509Certificate server,
      X509Certificate anchor,
      AnchorLimits limits,
      Date time)
      throws GeneralSecurityException {
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(server);
    PKIXBuilderParameters parameters =
        new PKIXBuilderParameters(Set.of(new TrustAnchor(anchor, null)), target);
    List<X509Certificate> issuers =
        chain.stream()
            .filter(each -> each.equals(server) || ServerCertificate.servesTls(each))
            .toList();
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(issuers)));
    parameters.setRevocationEnabled(false);
    parameters.setMaxPathLength(Math.min(MAX_INTERMEDIATES, limits.pathLength()));
    parameters.setDate(time);
    PKIXCertPathBuilderResult result =
        (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
    return result.getCertPath().getCertificates().stream()
        .map(X509Certificate.class::cast)
        .toList();
  }
}

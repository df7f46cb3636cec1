// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.testing;

import static org.hgwire.redirects.RedirectFault.CERTIFICATE;
import static org.hgwire.redirects.RedirectFault.PIN;
import static org.hgwire.redirects.testing.TestCertificate.authority;
import static org.hgwire.redirects.testing.TestCertificate.server;

import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.hgwire.core.ByteString;

/** Makes the cases of trust. */
final class TrustCases {
  private static final String HOST = "cdn.example.test";
  private static final Duration PAST = Duration.ofDays(-30);
  private static final Duration YESTERDAY = Duration.ofDays(-1);
  private static final Duration TOMORROW = Duration.ofDays(1);
  private static final Duration FUTURE = Duration.ofDays(30);

  private final List<TrustCase> cases = new ArrayList<>();

  private final TestCertificate root = authority("Root").selfSigned();
  private final TestCertificate other = authority("Other Root").selfSigned();
  private final TestCertificate middle = authority("Intermediate").issuedBy(root);
  private final TestCertificate good = server(HOST).issuedBy(middle);
  private final TestCertificate stranger = server(HOST).issuedBy(other);
  private final TestCertificate alone = server(HOST).selfSigned();

  List<TrustCase> cases() {
    serverPins();
    authorityPins();
    bothPins();
    ownAuthorities();
    authoritiesOfTheOrigin();
    validity();
    hosts();
    purposes();
    paths();
    nameConstraints();
    algorithms();
    return List.copyOf(cases);
  }

  private TrustCaseBuilder when(String name, TestCertificate shown) {
    return new TrustCaseBuilder(cases::add, name, shown, HOST);
  }

  private void serverPins() {
    when("the server's certificate is pinned", good).server(good).trusted();
    when("a certificate signed by itself is pinned", alone).server(alone).trusted();
    when("a pinned certificate needs no path", good)
        .showing(good.certificate())
        .server(good)
        .trusted();
    when("one of several pinned", good).server(stranger, alone, good).trusted();
    TestCertificate critical = server(HOST).unknownCritical().selfSigned();
    when("a pinned certificate with an unknown critical extension", critical)
        .server(critical)
        .refused(CERTIFICATE);
    when("another certificate is pinned", good).server(stranger).refused(PIN);
    when("a certificate signed by itself instead of the pinned one", alone)
        .server(good)
        .refused(PIN);
    TestCertificate renewed = server(HOST).keys(good.keys()).issuedBy(middle);
    when("another certificate with the pinned key", renewed).server(good).refused(PIN);
    byte[] flipped = good.der().toByteArray();
    flipped[flipped.length - 1] ^= 1;
    when("one bit differs from the pinned certificate", good)
        .server(ByteString.copyOf(flipped))
        .refused(PIN);
    when("the pinned certificate is only further up in the chain", good)
        .server(middle)
        .refused(PIN);
    when("the pinned certificate is shown second", stranger)
        .showing(stranger.certificate(), good.certificate())
        .server(good)
        .refused(PIN);
    when("the certificate begins as the pinned one", good)
        .server(good.der().substring(0, good.der().length() - 1))
        .refused(PIN);
    TestCertificate selfAuthority = server(HOST).alsoAuthority().usage(0).selfSigned();
    when("a pinned certificate may be an authority's", selfAuthority)
        .server(selfAuthority)
        .trusted();
  }

  private void authorityPins() {
    when("the root is pinned", good).authority(root).trusted();
    when("the intermediate is pinned", good).authority(middle).trusted();
    when("one of several authorities is pinned", good).authority(other, root).trusted();
    when("the chain ends with the root", good)
        .showing(good.certificate(), middle.certificate(), root.certificate())
        .authority(root)
        .trusted();
    when("the chain is out of order", good)
        .showing(good.certificate(), root.certificate(), middle.certificate())
        .authority(root)
        .trusted();
    when("the chain has a certificate too many", good)
        .showing(good.certificate(), other.certificate(), middle.certificate())
        .authority(root)
        .trusted();
    when("another authority is pinned", good).authority(other).refused(CERTIFICATE);
    when("the server brings its own root", stranger)
        .showing(stranger.certificate(), other.certificate())
        .authority(root)
        .refused(CERTIFICATE);
    TestCertificate namesake = authority("Root").selfSigned();
    when("another authority has the pinned name", server(HOST).issuedBy(namesake))
        .authority(root)
        .refused(CERTIFICATE);
    when("two authorities of one name are pinned", good).authority(namesake, root).trusted();
    when(
            "a certificate signed by itself has a pinned name",
            server(HOST).named("Root").selfSigned())
        .authority(root)
        .refused(CERTIFICATE);
    when("the intermediate is not shown", good)
        .showing(good.certificate())
        .authority(root)
        .refused(CERTIFICATE);
    TestCertificate crossed = authority("Intermediate").keys(middle.keys()).issuedBy(other);
    when("cross-signed, and the cross root is pinned", good)
        .showing(good.certificate(), middle.certificate(), crossed.certificate())
        .authority(other)
        .trusted();
    when("cross-signed, and the first root is pinned", good)
        .showing(good.certificate(), crossed.certificate(), middle.certificate())
        .authority(root)
        .trusted();
    when("cross-signed by whom nobody pinned", good)
        .showing(good.certificate(), crossed.certificate())
        .authority(root)
        .refused(CERTIFICATE);
    TestCertificate selfAuthority = server(HOST).alsoAuthority().selfSigned();
    when("the server itself is the pinned authority", selfAuthority)
        .authority(selfAuthority)
        .trusted();
  }

  private void bothPins() {
    when("both lists hold", good).server(good).authority(root).trusted();
    when("only the pinned server holds of both", good)
        .server(good)
        .authority(other)
        .refused(CERTIFICATE);
    when("only the pinned authority holds of both", good)
        .server(stranger)
        .authority(root)
        .refused(PIN);
    when("neither list holds", good).server(stranger).authority(other).refused(PIN);
    when("a certificate signed by itself is not excused by one pin", alone)
        .server(alone)
        .authority(root)
        .refused(CERTIFICATE);
  }

  private void ownAuthorities() {
    when("nothing pinned, the user trusts the root", good).own(root).trusted();
    when("nothing pinned, the user trusts another root", good).own(other).refused(CERTIFICATE);
    when("nothing pinned, the platform does not know the root", good).refused(CERTIFICATE);
    when("nothing pinned, signed by itself", alone).refused(CERTIFICATE);
    when("the user named the very certificate", alone).own(alone).trusted();
    when("a pinned server is also the user's", good).server(good).own(root).trusted();
    when("a pinned server is not the user's", good).server(good).own(other).refused(CERTIFICATE);
    when("a pinned authority is also the user's", good).authority(root).own(root).trusted();
    when("a pinned authority is not the user's", good)
        .authority(root)
        .own(other)
        .refused(CERTIFICATE);
    when("the user's authority is not the pinned one", good)
        .authority(other)
        .own(root)
        .refused(CERTIFICATE);
    when("pinned root, user's intermediate", good).authority(root).own(middle).trusted();
    when("the user named a server as authority", server(HOST).issuedBy(good))
        .own(good)
        .refused(CERTIFICATE);
    TestCertificate no = authority("No Authority").notAuthority().selfSigned();
    when("the user's authority is CA:FALSE", server(HOST).issuedBy(no))
        .own(no)
        .refused(CERTIFICATE);
  }

  /** The text says that pins replace the default checks; a private origin is no exception. */
  private void authoritiesOfTheOrigin() {
    when("nothing pinned, signed as the origin", good).ofOrigin(root).trusted();
    when("nothing pinned, not signed as the origin", good).ofOrigin(other).refused(CERTIFICATE);
    when("nothing pinned, the very certificate of the origin", alone).ofOrigin(alone).trusted();
    when("a pinned server behind a private origin", good).server(good).ofOrigin(other).trusted();
    when("a pinned authority behind a private origin", good)
        .authority(root)
        .ofOrigin(other)
        .trusted();
    when("both pinned behind a private origin", good)
        .server(good)
        .authority(root)
        .ofOrigin(other)
        .trusted();
    when("signed as the origin, but another server pinned", good)
        .server(stranger)
        .ofOrigin(root)
        .refused(PIN);
    when("signed as the origin, but another authority pinned", good)
        .authority(other)
        .ofOrigin(root)
        .refused(CERTIFICATE);
    when("the user's for content hosts replaces the origin's", good)
        .own(root)
        .ofOrigin(other)
        .trusted();
    when("signed as the origin, not as the user requires", good)
        .own(other)
        .ofOrigin(root)
        .refused(CERTIFICATE);
    when("pinned, not signed as the user requires", good)
        .server(good)
        .authority(root)
        .own(other)
        .ofOrigin(root)
        .refused(CERTIFICATE);
  }

  private void validity() {
    TestCertificate expired = server(HOST).valid(PAST, YESTERDAY).issuedBy(middle);
    when("expired, pinned", expired).server(expired).refused(CERTIFICATE);
    when("expired, authority pinned", expired).authority(root).refused(CERTIFICATE);
    when("expired, pinned, which the user ignores", expired)
        .server(expired)
        .ignoringExpiry()
        .trusted();
    when("expired, authority pinned, which the user ignores", expired)
        .authority(root)
        .ignoringExpiry()
        .trusted();
    when("expired, other pinned, expiry ignored", expired)
        .server(good)
        .ignoringExpiry()
        .refused(PIN);
    when("expired, other authority, expiry ignored", expired)
        .authority(other)
        .ignoringExpiry()
        .refused(CERTIFICATE);
    when("expired, not the platform's, expiry ignored", expired)
        .ignoringExpiry()
        .refused(CERTIFICATE);
    TestCertificate early = server(HOST).valid(TOMORROW, FUTURE).issuedBy(middle);
    when("not yet valid, pinned", early).server(early).refused(CERTIFICATE);
    when("not yet valid, authority pinned", early).authority(root).refused(CERTIFICATE);
    when("not yet valid, which the user ignores", early).authority(root).ignoringExpiry().trusted();
    TestCertificate oldMiddle = authority("Old").valid(PAST, YESTERDAY).issuedBy(root);
    when("the intermediate expired", server(HOST).issuedBy(oldMiddle))
        .authority(root)
        .refused(CERTIFICATE);
    TestCertificate oldRoot = authority("Old Root").valid(PAST, YESTERDAY).selfSigned();
    when("the pinned authority expired", server(HOST).issuedBy(oldRoot))
        .authority(oldRoot)
        .refused(CERTIFICATE);
    when("the pinned authority expired, which the user ignores", server(HOST).issuedBy(oldRoot))
        .authority(oldRoot)
        .ignoringExpiry()
        .trusted();
  }

  private void hosts() {
    TestCertificate elsewhere = server("other.example.test").issuedBy(middle);
    when("another host, pinned", elsewhere).server(elsewhere).refused(CERTIFICATE);
    when("another host, authority pinned", elsewhere).authority(root).refused(CERTIFICATE);
    when("another host, which the user ignores", elsewhere)
        .authority(root)
        .ignoringHostName()
        .trusted();
    when("another host ignored, other pinned", elsewhere)
        .server(good)
        .ignoringHostName()
        .refused(PIN);
    TestCertificate oldElsewhere =
        server("other.example.test").valid(PAST, YESTERDAY).issuedBy(middle);
    when("another host ignored, but expired", oldElsewhere)
        .authority(root)
        .ignoringHostName()
        .refused(CERTIFICATE);
    when("expiry ignored, but another host", oldElsewhere)
        .authority(root)
        .ignoringExpiry()
        .refused(CERTIFICATE);
    host("one of several names", HOST, true, "a.example.test", HOST);
    host("a name in upper case", HOST, true, "CDN.Example.TEST");
    host("a wildcard for the first label", HOST, true, "*.example.test");
    host("a wildcard for two labels", "a.cdn.example.test", false, "*.example.test");
    host("a wildcard for no label", "example.test", false, "*.example.test");
    host("a wildcard within a label", HOST, false, "c*.example.test");
    host("a wildcard in the second label", HOST, false, "cdn.*.test");
    host("a wildcard above one label", "example.test", false, "*.test");
    host("a bare wildcard", HOST, false, "*");
    host("a name that ends alike", HOST, false, "n.example.test", "example.test");
    host("an address", "127.0.0.1", true, "127.0.0.1");
    host("another address", "127.0.0.1", false, "127.0.0.2");
    host("an address as a name", "127.0.0.1", false, "localhost");
    host("a name as an address", "localhost", false, "127.0.0.1");
    host("an IPv6 address", "::1", true, "::1");
    TestCertificate common = server().named(HOST).issuedBy(middle);
    when("only the common name is the host", common).authority(root).refused(CERTIFICATE);
  }

  private void host(String what, String host, boolean trusted, String... names) {
    TestCertificate shown = server(names).named(host).issuedBy(middle);
    when("host: " + what, shown).host(host).authority(root).outcome(trusted ? null : CERTIFICATE);
  }

  private void purposes() {
    TestCertificate mail =
        server(HOST).purposes(KeyPurposeId.id_kp_emailProtection).issuedBy(middle);
    when("for mail, pinned", mail).server(mail).refused(CERTIFICATE);
    when("for mail, authority pinned", mail).authority(root).refused(CERTIFICATE);
    TestCertificate client = server(HOST).purposes(KeyPurposeId.id_kp_clientAuth).issuedBy(middle);
    when("for clients", client).authority(root).refused(CERTIFICATE);
    when(
            "for any purpose",
            server(HOST).purposes(KeyPurposeId.anyExtendedKeyUsage).issuedBy(middle))
        .authority(root)
        .trusted();
    when(
            "for clients and servers",
            server(HOST)
                .purposes(KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth)
                .issuedBy(middle))
        .authority(root)
        .trusted();
    when("extended key usage is absent", server(HOST).purposes().issuedBy(middle))
        .authority(root)
        .trusted();
    when("key usage is absent", server(HOST).usage(0).issuedBy(middle)).authority(root).trusted();
    TestCertificate signer =
        server(HOST).usage(KeyUsage.keyCertSign | KeyUsage.cRLSign).issuedBy(middle);
    when("the key signs certificates only", signer).authority(root).refused(CERTIFICATE);
    TestCertificate mailMiddle =
        authority("Mail").purposes(KeyPurposeId.id_kp_emailProtection).issuedBy(root);
    when("the intermediate is for mail", server(HOST).issuedBy(mailMiddle))
        .authority(root)
        .refused(CERTIFICATE);
    when("an unknown critical extension", server(HOST).unknownCritical().issuedBy(middle))
        .authority(root)
        .refused(CERTIFICATE);
  }

  private void paths() {
    TestCertificate last = root;
    for (int i = 1; i <= 6; i++) {
      last = authority("Intermediate " + i).issuedBy(last);
      if (i >= 5) {
        when(i + " intermediates", server(HOST).issuedBy(last))
            .authority(root)
            .outcome(i == 5 ? null : CERTIFICATE);
      }
    }
    when("signed by a server", server(HOST).issuedBy(good)).authority(root).refused(CERTIFICATE);
    TestCertificate no = authority("No Authority").notAuthority().issuedBy(root);
    when("the intermediate is CA:FALSE", server(HOST).issuedBy(no))
        .authority(root)
        .refused(CERTIFICATE);
    TestCertificate silent = authority("Silent").noConstraints().issuedBy(root);
    when("the intermediate does not say it is one", server(HOST).issuedBy(silent))
        .authority(root)
        .refused(CERTIFICATE);
    TestCertificate signsNothing =
        authority("Signs Nothing").usage(KeyUsage.digitalSignature).issuedBy(root);
    when("the intermediate lacks keyCertSign", server(HOST).issuedBy(signsNothing))
        .authority(root)
        .refused(CERTIFICATE);
    TestCertificate zero = authority("Zero").pathLength(0).issuedBy(root);
    when("path length 0, a server below", server(HOST).issuedBy(zero)).authority(root).trusted();
    when(
            "path length 0, an authority below",
            server(HOST).issuedBy(authority("Below").issuedBy(zero)))
        .authority(root)
        .refused(CERTIFICATE);
    TestCertificate zeroRoot = authority("Zero Root").pathLength(0).selfSigned();
    when("pinned path length 0, a server below", server(HOST).issuedBy(zeroRoot))
        .authority(zeroRoot)
        .trusted();
    when(
            "pinned path length 0, an authority below",
            server(HOST).issuedBy(authority("Below").issuedBy(zeroRoot)))
        .authority(zeroRoot)
        .refused(CERTIFICATE);
    KeyPair wrong = TestCertificate.ecKeys();
    TestCertificate forged = new TestCertificate(middle.certificate(), wrong, root);
    when("the signature is another key's", server(HOST).issuedBy(forged))
        .authority(root)
        .refused(CERTIFICATE);
  }

  private void nameConstraints() {
    constrained("permits the host's domain", authority("C1").permitting("example.test"), true);
    constrained("permits another domain", authority("C2").permitting("other.test"), false);
    constrained("excludes the host's domain", authority("C3").excluding("example.test"), false);
    constrained("excludes another domain", authority("C4").excluding("other.test"), true);
  }

  /** As an intermediate, and as the pinned authority itself. */
  private void constrained(String what, TestCertificateRequest request, boolean trusted) {
    when("the intermediate " + what, server(HOST).issuedBy(request.issuedBy(root)))
        .authority(root)
        .outcome(trusted ? null : CERTIFICATE);
    TestCertificate pinned = request.selfSigned();
    when("the pinned authority " + what, server(HOST).issuedBy(pinned))
        .authority(pinned)
        .outcome(trusted ? null : CERTIFICATE);
  }

  private void algorithms() {
    KeyPair rsa = TestCertificate.rsaKeys(2048);
    TestCertificate rsaRoot = authority("RSA Root").keys(rsa).selfSigned();
    when("RSA throughout", server(HOST).keys(rsa).issuedBy(rsaRoot)).authority(rsaRoot).trusted();
    for (String weak : Arrays.asList("MD5withRSA", "SHA1withRSA")) {
      when("signed with " + weak, server(HOST).signedWith(weak).issuedBy(rsaRoot))
          .authority(rsaRoot)
          .refused(CERTIFICATE);
      TestCertificate weakMiddle = authority("Weak").signedWith(weak).issuedBy(rsaRoot);
      when("the intermediate is signed with " + weak, server(HOST).issuedBy(weakMiddle))
          .authority(rsaRoot)
          .refused(CERTIFICATE);
      TestCertificate weakRoot = authority("Weak Root").keys(rsa).signedWith(weak).selfSigned();
      when("the pinned authority signed itself with " + weak, server(HOST).issuedBy(weakRoot))
          .authority(weakRoot)
          .trusted();
    }
    TestCertificate small = authority("Small").keys(TestCertificate.rsaKeys(512)).issuedBy(rsaRoot);
    when("the intermediate has an RSA key of 512 bits", server(HOST).issuedBy(small))
        .authority(rsaRoot)
        .refused(CERTIFICATE);
    TestCertificate smallRoot = authority("Small Root").keys(small.keys()).selfSigned();
    when("the pinned authority has an RSA key of 512 bits", server(HOST).issuedBy(smallRoot))
        .authority(smallRoot)
        .refused(CERTIFICATE);
  }
}

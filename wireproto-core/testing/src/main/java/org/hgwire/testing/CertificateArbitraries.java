// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import static org.hgwire.testing.DerWriter.element;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.hgwire.core.ByteString;

/**
 * X.509 certificates in DER (RFC 5280), as content locations and pins have them. All are signed
 * with one Ed25519 key, the first of RFC 8032's test vectors, so that a sample is the same in every
 * run.
 */
public final class CertificateArbitraries {
  private static final byte[] ED25519 = hex("300506032b6570");
  private static final byte[] COMMON_NAME = hex("0603550403");
  private static final byte[] BASIC_CONSTRAINTS = hex("0603551d13");
  private static final byte[] ALTERNATIVE_NAME = hex("0603551d11");
  private static final byte[] TRUE = hex("0101ff");
  private static final int DNS_NAME = 0x82;
  private static final byte[] SECRET_KEY =
      hex(
          "302e020100300506032b657004220420"
              + "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  private static final byte[] PUBLIC_KEY =
      hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

  private CertificateArbitraries() {}

  /** Sound, self-signed certificates of servers and of authorities. */
  public static Arbitrary<ByteString> certificates() {
    Arbitrary<String> names =
        Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(20);
    return Combinators.combine(
            Arbitraries.longs().greaterOrEqual(1),
            names,
            Arbitraries.integers().between(1970, 9000),
            Arbitraries.integers().between(0, 500),
            names.map(name -> name + ".example").list().ofMaxSize(3),
            Arbitraries.of(true, false))
        .as(CertificateArbitraries::certificate);
  }

  /**
   * Hostile: damaged certificates, noise, and certificates with something after their end or with a
   * length that is not in its shortest form, which is BER but not DER.
   */
  public static Arbitrary<ByteString> hostileCertificates() {
    return Arbitraries.oneOf(
        DamageArbitraries.damaged(certificates()),
        Combinators.combine(certificates(), DamageArbitraries.noise(5))
            .as((sound, rest) -> CborArbitraries.concatenate(List.of(sound, rest))),
        certificates().map(CertificateArbitraries::withLongLength),
        DamageArbitraries.noise(60));
  }

  private static ByteString certificate(
      long serial, String name, int year, int years, List<String> hosts, boolean authority) {
    byte[] distinguished =
        element(
            DerWriter.SEQUENCE,
            element(
                DerWriter.SET,
                element(
                    DerWriter.SEQUENCE, COMMON_NAME, DerWriter.text(DerWriter.UTF8_STRING, name))));
    byte[] signed =
        element(
            DerWriter.SEQUENCE,
            hex("a003020102"), // version 3
            element(DerWriter.INTEGER, BigInteger.valueOf(serial).toByteArray()),
            ED25519,
            distinguished,
            element(DerWriter.SEQUENCE, time(year), time(year + years)),
            distinguished,
            element(DerWriter.SEQUENCE, ED25519, DerWriter.bits(PUBLIC_KEY)),
            element(0xa3, element(DerWriter.SEQUENCE, extensions(hosts, authority))));
    return ByteString.copyOf(
        element(DerWriter.SEQUENCE, signed, ED25519, DerWriter.bits(sign(signed))));
  }

  /** A date until 2049 is a UTCTime, a later one a GeneralizedTime (RFC 5280, 4.1.2.5). */
  private static byte[] time(int year) {
    return year < 2050
        ? DerWriter.text(0x17, String.format(Locale.ROOT, "%02d0101000000Z", year % 100))
        : DerWriter.text(
            DerWriter.GENERALIZED_TIME, String.format(Locale.ROOT, "%04d0101000000Z", year));
  }

  private static byte[][] extensions(List<String> hosts, boolean authority) {
    byte[] constraints =
        extension(
            BASIC_CONSTRAINTS,
            TRUE,
            authority ? element(DerWriter.SEQUENCE, TRUE) : element(DerWriter.SEQUENCE));
    if (hosts.isEmpty()) {
      return new byte[][] {constraints};
    }
    byte[][] names =
        hosts.stream().map(host -> DerWriter.text(DNS_NAME, host)).toArray(byte[][]::new);
    return new byte[][] {
      constraints, extension(ALTERNATIVE_NAME, new byte[0], element(DerWriter.SEQUENCE, names))
    };
  }

  private static byte[] extension(byte[] id, byte[] critical, byte[] value) {
    return element(DerWriter.SEQUENCE, id, critical, element(DerWriter.OCTET_STRING, value));
  }

  private static byte[] sign(byte[] content) {
    try {
      PrivateKey key =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(SECRET_KEY));
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform from 15 on has Ed25519", e);
    }
  }

  /** Writes the length of the outermost element with a byte that it does not need. */
  private static ByteString withLongLength(ByteString certificate) {
    byte[] bytes = certificate.toByteArray();
    int lengthBytes = bytes[1] & 0x7f;
    return CborArbitraries.concatenate(
        List.of(
            ByteString.copyOf(bytes[0], (byte) (bytes[1] + 1), (byte) 0),
            ByteString.copyOf(bytes, 2, lengthBytes),
            ByteString.copyOf(bytes, 2 + lengthBytes, bytes.length - 2 - lengthBytes)));
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}

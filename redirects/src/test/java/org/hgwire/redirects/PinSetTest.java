// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectCapabilities;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.core.message.ContentLocation;
import org.hgwire.core.message.ContentLocation.ContentHash;
import org.hgwire.core.message.RedirectOffer;
import org.hgwire.redirects.testing.TestCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinSetTest {
  private static final TestCertificate ROOT = TestCertificate.authority("Root").selfSigned();
  private static final TestCertificate SERVER =
      TestCertificate.server("cdn.example.test").issuedBy(ROOT);
  private static final URI ORIGIN = URI.create("https://hg.example/");

  @Test
  void pinsAreThoseOfTheLocation() throws RedirectException {
    PinSet pins = PinSet.of(location(List.of(SERVER.der()), List.of(ROOT.der())));
    assertThat(pins.servers()).containsExactly(SERVER.der());
    assertThat(pins.authorities()).containsExactly(ROOT.der());
    assertThat(pins.authorityCertificates()).containsExactly(ROOT.certificate());
    assertThat(pins.isEmpty()).isFalse();
    assertThat(PinSet.of(location(List.of(), List.of()))).isEqualTo(PinSet.NONE);
    assertThat(PinSet.NONE.isEmpty()).isTrue();
  }

  static List<Arguments> malformed() throws Exception {
    byte[] der = SERVER.der().toByteArray();
    ASN1Sequence certificate = ASN1Sequence.getInstance(der);
    ASN1Encodable[] parts = certificate.toArray();
    byte[] nested = new byte[PinSet.MAX_CERTIFICATE_BYTES];
    for (int i = 0; i + 4 <= nested.length; i += 4) {
      int rest = nested.length - i - 4;
      nested[i] = 0x30;
      nested[i + 1] = (byte) 0x82;
      nested[i + 2] = (byte) (rest >> 8);
      nested[i + 3] = (byte) rest;
    }
    byte[] nestedForever = new byte[PinSet.MAX_CERTIFICATE_BYTES];
    for (int i = 0; i < nestedForever.length; i += 2) {
      nestedForever[i] = 0x30;
      nestedForever[i + 1] = (byte) 0x80;
    }
    String pem =
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(der)
            + "\n-----END CERTIFICATE-----\n";
    return List.of(
        Arguments.of("no bytes", new byte[0]),
        Arguments.of("one byte", new byte[] {0x30}),
        Arguments.of("an empty sequence", new byte[] {0x30, 0}),
        Arguments.of("a byte too many", Arrays.copyOf(der, der.length + 1)),
        Arguments.of("the certificate twice", twice(der)),
        Arguments.of("a byte too few", Arrays.copyOf(der, der.length - 1)),
        Arguments.of("half of it", Arrays.copyOf(der, der.length / 2)),
        Arguments.of("BER of indefinite length", new BERSequence(parts).getEncoded()),
        Arguments.of("a length that is not minimal", longer(der)),
        Arguments.of("PEM", pem.getBytes(StandardCharsets.US_ASCII)),
        Arguments.of("base64", Base64.getEncoder().encode(der)),
        Arguments.of(
            "only what is signed", parts[0].toASN1Primitive().getEncoded(ASN1Encoding.DER)),
        Arguments.of("only a key", SERVER.keys().getPublic().getEncoded()),
        Arguments.of("an unknown version", versioned(der, (byte) 7)),
        Arguments.of("a non-canonical boolean", flag(der)),
        Arguments.of("zeros", new byte[100]),
        Arguments.of("sequences nested 4,096 deep", nested),
        Arguments.of("sequences nested 8,192 deep without end", nestedForever));
  }

  private static byte[] twice(byte[] der) {
    byte[] both = Arrays.copyOf(der, der.length * 2);
    System.arraycopy(der, 0, both, der.length, der.length);
    return both;
  }

  /** 30 82 LL LL becomes 30 83 00 LL LL. */
  private static byte[] longer(byte[] der) {
    assertThat(der[1]).isEqualTo((byte) 0x82);
    byte[] bytes = new byte[der.length + 1];
    bytes[0] = der[0];
    bytes[1] = (byte) 0x83;
    System.arraycopy(der, 2, bytes, 3, der.length - 2);
    return bytes;
  }

  /** The version is behind a0 03 02 01. */
  private static byte[] versioned(byte[] der, byte version) {
    byte[] bytes = der.clone();
    for (int i = 0; i < 20; i++) {
      if (bytes[i] == (byte) 0xa0 && bytes[i + 1] == 3) {
        bytes[i + 4] = version;
        return bytes;
      }
    }
    throw new AssertionError("no version found");
  }

  /** Writes the true of a critical extension, 01 01 ff, as 01 01 01: BER, but not DER. */
  private static byte[] flag(byte[] der) {
    byte[] bytes = der.clone();
    for (int i = 0; i + 2 < bytes.length; i++) {
      if (bytes[i] == 1 && bytes[i + 1] == 1 && bytes[i + 2] == -1) {
        bytes[i + 2] = 1;
        return bytes;
      }
    }
    throw new AssertionError("no critical extension found");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void refusesAnythingButStrictDer(String what, byte[] bytes) {
    List<ByteString> bad = List.of(SERVER.der(), ByteString.copyOf(bytes));
    requireBad(location(bad, List.of()));
    requireBad(location(List.of(), List.of(ROOT.der(), ByteString.copyOf(bytes))));
  }

  @Test
  void deepNestingDoesNotOverflowASmallStack() throws Exception {
    byte[] nested = (byte[]) malformed().get(16).get()[1];
    Throwable[] thrown = new Throwable[1];
    Thread thread =
        new Thread(
            null,
            () -> requireBad(location(List.of(ByteString.copyOf(nested)), List.of())),
            "small",
            64 * 1024);
    thread.setUncaughtExceptionHandler((where, problem) -> thrown[0] = problem);
    thread.start();
    thread.join();
    assertThat(thrown[0]).isNull();
  }

  @Test
  void anyFlippedBitEitherFailsOrPinsAnotherCertificate() {
    byte[] der = SERVER.der().toByteArray();
    for (int i = 0; i < der.length * 8; i++) {
      byte[] flipped = der.clone();
      flipped[i / 8] ^= (byte) (1 << (i % 8));
      try {
        PinSet pins = PinSet.of(location(List.of(ByteString.copyOf(flipped)), List.of()));
        assertThatExceptionOfType(RedirectException.class)
            .isThrownBy(() -> pins.requireServer(SERVER.certificate()))
            .satisfies(e -> assertThat(e.fault()).isEqualTo(RedirectFault.PIN));
      } catch (RedirectException e) {
        assertThat(e.fault()).isEqualTo(RedirectFault.BAD_PINS);
      }
    }
  }

  @Test
  void acceptsSixteenCertificatesAndNotOneMore() throws RedirectException {
    List<ByteString> most = Collections.nCopies(16, ROOT.der());
    List<ByteString> more = Collections.nCopies(17, ROOT.der());
    assertThat(PinSet.of(location(most, most)).authorities()).hasSize(16);
    requireBad(location(more, List.of()));
    requireBad(location(List.of(), more));
  }

  @Test
  void certificateMayHaveSixteenKibibytesAndNotOneMore() throws RedirectException {
    int most = PinSet.MAX_CERTIFICATE_BYTES;
    assertThat(most).isEqualTo(16_384);
    TestCertificate longest = ofLength(most);
    assertThat(PinSet.of(location(List.of(longest.der()), List.of())).servers()).hasSize(1);
    requireBad(location(List.of(ofLength(most + 1).der()), List.of()));
  }

  /** Retries, because the length of signatures varies by a byte or two. */
  private static TestCertificate ofLength(int length) {
    int padding = length - 600;
    for (int i = 0; i < 1000; i++) {
      TestCertificate made =
          TestCertificate.server("cdn.example.test").padded(padding).selfSigned();
      if (made.der().length() == length) {
        return made;
      }
      padding += length - made.der().length();
    }
    throw new AssertionError("no certificate of " + length + " bytes was made");
  }

  @Test
  void anAuthorityThatMayNotSignFails() {
    requireBad(location(List.of(), List.of(SERVER.der())));
    for (TestCertificate none :
        List.of(
            TestCertificate.authority("A").notAuthority().selfSigned(),
            TestCertificate.authority("B").noConstraints().selfSigned(),
            TestCertificate.authority("C").usage(KeyUsage.digitalSignature).selfSigned())) {
      requireBad(location(List.of(), List.of(none.der())));
    }
  }

  @Test
  void anAuthorityWithoutKeyUsageMaySign() throws RedirectException {
    TestCertificate authority = TestCertificate.authority("D").usage(0).selfSigned();
    assertThat(PinSet.of(location(List.of(), List.of(authority.der()))).authorityCertificates())
        .containsExactly(authority.certificate());
  }

  @Test
  void thePeerIsComparedByteForByte() throws RedirectException {
    PinSet pins = new PinSet(List.of(SERVER.der(), ROOT.der()), List.of());
    pins.requireServer(SERVER.certificate());
    pins.requireServer(ROOT.certificate());
    PinSet.NONE.requireServer(SERVER.certificate());
    TestCertificate renewed =
        TestCertificate.server("cdn.example.test").keys(SERVER.keys()).issuedBy(ROOT);
    assertThatExceptionOfType(RedirectException.class)
        .isThrownBy(() -> pins.requireServer(renewed.certificate()))
        .satisfies(e -> assertThat(e.fault()).isEqualTo(RedirectFault.PIN));
  }

  @Test
  void authoritiesNotFromALocationAreParsed() {
    PinSet pins = new PinSet(List.of(), List.of(ByteString.utf8("none")));
    assertThatIllegalStateException().isThrownBy(pins::authorityCertificates);
  }

  @Test
  void pinsAreComparedByValue() throws RedirectException {
    PinSet pins = PinSet.of(location(List.of(SERVER.der()), List.of()));
    ByteString copy = ByteString.copyOf(SERVER.der().toByteArray());
    assertThat(pins).isEqualTo(new PinSet(List.of(copy), List.of())).isNotEqualTo(PinSet.NONE);
    assertThat(pins).isNotEqualTo(new PinSet(List.of(), List.of(copy)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://hg.example/", "https://hg.example/"})
  void pinsLearnedOverHttpNeverReplaceTheDefaultChecks(URI origin) throws RedirectException {
    ContentLocation location = location(List.of(SERVER.der()), List.of(ROOT.der()));
    PinSet pins = approve(origin, location).pins();
    if (origin.equals(ORIGIN)) {
      assertThat(pins).isEqualTo(PinSet.of(location));
    } else {
      assertThat(pins).isEqualTo(PinSet.NONE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://hg.example/", "https://hg.example/"})
  void malformedPinsFailOverHttpToo(URI origin) {
    ContentLocation location = location(List.of(ByteString.utf8("pin")), List.of());
    assertThatExceptionOfType(RedirectException.class)
        .isThrownBy(() -> approve(origin, location))
        .satisfies(e -> assertThat(e.fault()).isEqualTo(RedirectFault.BAD_PINS));
  }

  @Test
  void pinsOfAnybodyNeverReplaceTheDefaultChecks() throws RedirectException {
    ContentLocation location = location(List.of(SERVER.der()), List.of(ROOT.der()));
    assertThat(approve(ORIGIN, false, location).pins()).isEqualTo(PinSet.NONE);
  }

  private static ApprovedLocation approve(URI origin, ContentLocation location)
      throws RedirectException {
    return approve(origin, true, location);
  }

  private static ApprovedLocation approve(
      URI origin, boolean authenticated, ContentLocation location) throws RedirectException {
    RedirectTarget target = RedirectTarget.of("cdn", URI.create("https://cdn.example.test/"));
    TargetOffers offers =
        new TargetOffers(
            origin,
            new RedirectCapabilities(List.of(target), List.of()),
            RedirectPolicy.VERIFIED,
            new TlsCapabilities(true, Set.of("1.3")),
            () -> 0);
    RedirectOffer offer = new RedirectOffer(List.of(target.name()), List.of());
    return new LocationPolicy(origin, authenticated, RedirectPolicy.VERIFIED, offers)
        .approve(location, offer);
  }

  private static void requireBad(ContentLocation location) {
    assertThatExceptionOfType(RedirectException.class)
        .isThrownBy(() -> PinSet.of(location))
        .satisfies(e -> assertThat(e.fault()).isEqualTo(RedirectFault.BAD_PINS));
  }

  private static ContentLocation location(List<ByteString> servers, List<ByteString> authorities) {
    ByteString hash = ByteString.copyOf(new byte[32]);
    return new ContentLocation(
        ByteString.utf8("https://cdn.example.test/x"),
        ByteString.utf8("application/mercurial-cbor"),
        OptionalLong.empty(),
        List.of(new ContentHash(ByteString.utf8("sha256"), hash)),
        null,
        servers,
        authorities,
        null);
  }
}

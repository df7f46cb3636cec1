// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** TLS of a server, from files in PEM form. */
public final class ServerTls {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private final Path chainFile;
  private final Path keyFile;

  private ServerTls(Path chainFile, Path keyFile) {
    this.chainFile = chainFile;
    this.keyFile = keyFile;
  }

  /**
   * Returns TLS with a certificate chain and its key, for HTTP/2 and HTTP/1.1, negotiated by ALPN.
   *
   * @param chain the certificate of the server and the authorities that lead to it, in order
   * @param key its private key, not encrypted, as PKCS #8
   * @throws IOException if a file cannot be read or has something else in it, or if the key is not
   *     that of the certificate
   */
  public static SslContext of(Path chain, Path key) throws IOException {
    ServerTls files = new ServerTls(chain, key);
    X509Certificate[] certificates = files.certificates();
    return SslContextBuilder.forServer(files.keyOf(certificates[0].getPublicKey()), certificates)
        .applicationProtocolConfig(
            new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                ApplicationProtocolNames.HTTP_2,
                ApplicationProtocolNames.HTTP_1_1))
        .build();
  }

  private X509Certificate[] certificates() throws IOException {
    byte[] text = Files.readAllBytes(chainFile);
    Collection<? extends Certificate> found;
    try {
      found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(text));
    } catch (CertificateException notPem) {
      throw new IOException(chainFile + " is not a certificate chain in PEM form", notPem);
    }
    if (found.isEmpty()) {
      throw new IOException(chainFile + " has no certificate in PEM form");
    }
    return found.toArray(X509Certificate[]::new);
  }

  private PrivateKey keyOf(PublicKey certified) throws IOException {
    Matcher pem = KEY.matcher(Files.readString(keyFile, StandardCharsets.ISO_8859_1));
    if (!pem.find()) {
      throw new IOException(
          keyFile
              + " has no private key in PEM form, PKCS #8, without a password; openssl pkcs8 -topk8"
              + " -nocrypt converts others");
    }
    try {
      PrivateKey key =
          KeyFactory.getInstance(certified.getAlgorithm())
              .generatePrivate(
                  new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1))));
      if (isPair(key, certified)) {
        return key;
      }
    } catch (InvalidKeySpecException otherKind) {
      throw mismatch(otherKind);
    } catch (GeneralSecurityException | IllegalArgumentException unusable) {
      throw new IOException(keyFile + " has a private key that cannot be used", unusable);
    }
    throw mismatch(null);
  }

  private IOException mismatch(@Nullable Exception cause) {
    return new IOException(
        "the certificate in " + chainFile + " does not belong to the private key in " + keyFile,
        cause);
  }

  private static boolean isPair(PrivateKey key, PublicKey certified)
      throws GeneralSecurityException {
    if (key instanceof RSAKey mine && certified instanceof RSAKey theirs) {
      return mine.getModulus().equals(theirs.getModulus());
    }
    byte[] challenge = new byte[32];
    new SecureRandom().nextBytes(challenge);
    String algorithm =
        certified.getAlgorithm().equals("EC") ? "SHA256withECDSA" : key.getAlgorithm();
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(challenge);
    byte[] signed = signature.sign();
    signature.initVerify(certified);
    signature.update(challenge);
    return signature.verify(signed);
  }
}

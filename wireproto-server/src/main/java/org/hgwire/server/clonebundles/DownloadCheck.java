// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.security.MessageDigest;
import java.time.Duration;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.HashAlgorithm;

/** Downloads a bundle as a client would, and compares its size and its SHA-512. */
public final class DownloadCheck implements BundleCheck {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int BUFFER = 64 * 1024;

  /** Makes a check that waits at most 30 seconds for a connection and for each piece. */
  public DownloadCheck() {}

  @Override
  public void check(URI url, long size, ByteString sha512) throws IOException {
    URLConnection connection = url.toURL().openConnection();
    connection.setConnectTimeout((int) TIMEOUT.toMillis());
    connection.setReadTimeout((int) TIMEOUT.toMillis());
    connection.setUseCaches(false);
    if (!(connection instanceof HttpURLConnection http)) {
      throw new IOException("the bundle is at " + url + ", where no client looks for it");
    }
    MessageDigest digest = HashAlgorithm.SHA512.newDigest();
    long received = 0;
    try {
      if (http.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new IOException("the response is " + http.getResponseCode());
      }
      try (InputStream in = http.getInputStream()) {
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          digest.update(buffer, 0, read);
          received += read;
          if (received > size) {
            throw new IOException("the response has more than the " + size + " bytes of it");
          }
        }
      }
    } catch (IOException failure) {
      throw new IOException(
          "the bundle cannot be downloaded from "
              + url
              + ": "
              + failure.getMessage()
              + "; serve the content store there first",
          failure);
    } finally {
      http.disconnect();
    }
    if (received != size || !sha512.equals(ByteString.copyOf(digest.digest()))) {
      throw new IOException(
          "what is at " + url + " is not the bundle: its size or its SHA-512 is another");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * How fast one core computes SHA-1.
 *
 * @param program what computes it
 * @param bytesPerSecond the rate, for pieces of 16 KiB
 */
record HashingRate(String program, double bytesPerSecond) {
  private static final int PIECE = 16 * 1024;
  private static final long NANOS = 1_000_000_000;

  /** Measures OpenSSL for a second; Java's own SHA-1 if there is no {@code openssl}. */
  static HashingRate measure() throws IOException {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(
                  "openssl", "speed", "-mr", "-seconds", "1", "-bytes", "" + PIECE, "sha1")
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      double rate = ofOpenssl(said);
      return Double.isNaN(rate) ? ofJava() : new HashingRate("openssl speed sha1", rate);
    } catch (IOException absent) {
      return ofJava();
    }
  }

  /** Returns the bytes a second that {@code openssl speed -mr} has printed, or no number. */
  static double ofOpenssl(String said) {
    return said.lines()
        .map(line -> line.split(":", -1))
        .filter(fields -> fields.length == 4 && fields[0].equals("+F") && fields[2].equals("sha1"))
        .mapToDouble(fields -> Double.parseDouble(fields[3]))
        .findFirst()
        .orElse(Double.NaN);
  }

  private static HashingRate ofJava() {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    byte[] piece = new byte[PIECE];
    double best = 0;
    // The first second warms up.
    for (int second = 0; second < 2; second++) {
      long bytes = 0;
      long begin = System.nanoTime();
      long now = begin;
      while (now - begin < NANOS) {
        digest.update(piece);
        bytes += PIECE;
        now = System.nanoTime();
      }
      best = (double) bytes * NANOS / (now - begin);
    }
    return new HashingRate("SHA-1 of this Java, as there is no openssl", best);
  }
}

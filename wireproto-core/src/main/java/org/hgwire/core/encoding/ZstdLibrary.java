// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import com.github.luben.zstd.Zstd;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The native library of zstd. On first use it is unpacked into the directory {@code java.io.tmpdir}
 * and loaded from there, which fails where that directory is missing, read-only or mounted {@code
 * noexec}, and where Java does not allow native access ({@code --enable-native-access}). Then zstd
 * is not among the {@linkplain ContentEncodings#standard() standard} encodings, and everything else
 * works.
 */
public final class ZstdLibrary {
  private static final @Nullable String PROBLEM = load();

  private ZstdLibrary() {}

  /**
   * Returns why the library cannot be used and what to do, in one line, or nothing if it can. The
   * first call loads it; the result never changes.
   */
  public static Optional<String> problem() {
    return Optional.ofNullable(PROBLEM);
  }

  /**
   * Checks that the library can be used.
   *
   * @throws UnsupportedOperationException if it cannot, with the {@linkplain #problem() reason}
   */
  static void require() {
    if (PROBLEM != null) {
      throw new UnsupportedOperationException(PROBLEM);
    }
  }

  private static @Nullable String load() {
    try {
      return Zstd.maxCompressionLevel() > 0 ? null : "the native library of zstd has no levels";
    } catch (LinkageError e) {
      return problem(e);
    }
  }

  /** Returns why the library cannot be used, and what to do, if loading it ended with an error. */
  static String problem(LinkageError error) {
    return error.getCause() instanceof IllegalCallerException denied
        ? problem(
            denied,
            "--enable-native-access=ALL-UNNAMED, on the module path with com.github.luben.zstd_jni")
        : problem(
            error, "-Djava.io.tmpdir=DIR, where DIR can be written and is not mounted noexec");
  }

  private static String problem(Throwable cause, String option) {
    String message =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return "the native library of zstd cannot be loaded ("
        + message.lines().findFirst().orElse("")
        + "); run java with "
        + option;
  }
}

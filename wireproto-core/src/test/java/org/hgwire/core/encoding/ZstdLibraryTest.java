// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What users are told to do where the native library cannot be loaded. */
final class ZstdLibraryTest {
  @Test
  void anotherDirectoryIsProposed() {
    assertThat(ZstdLibrary.problem(new UnsatisfiedLinkError("no zstd\nand more")))
        .isEqualTo(
            "the native library of zstd cannot be loaded (no zstd); run java with"
                + " -Djava.io.tmpdir=DIR, where DIR can be written and is not mounted noexec");
    assertThat(ZstdLibrary.problem(new LinkageError()))
        .startsWith("the native library of zstd cannot be loaded (LinkageError); run java with");
  }

  /** What Java 24 and newer do with {@code --illegal-native-access=deny}. */
  @Test
  void nativeAccessIsProposedWhereItIsDenied() {
    LinkageError denied =
        new ExceptionInInitializerError(new IllegalCallerException("Illegal native access"));

    assertThat(ZstdLibrary.problem(denied))
        .isEqualTo(
            "the native library of zstd cannot be loaded (Illegal native access); run java with"
                + " --enable-native-access=ALL-UNNAMED, on the module path with"
                + " com.github.luben.zstd_jni");
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import java.nio.file.Path;
import org.hgwire.store.StoreException;
import org.hgwire.store.StoreException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The errors of one revlog: sentences that name it.
 *
 * @param index the file of the index
 */
record RevlogFaults(Path index) {
  private static final String VERIFY = "; hg verify shows what else is";

  /** The revlog as a whole is damaged. */
  StoreException damaged(String what) {
    return new StoreException(
        Kind.DAMAGED, "the revlog " + index + " is damaged: " + what + VERIFY);
  }

  /** A revision is damaged. */
  StoreException damaged(int revision, String what) {
    return damaged(revision, what, null);
  }

  /** A revision is damaged. */
  StoreException damaged(int revision, String what, @Nullable Throwable cause) {
    return new StoreException(Kind.DAMAGED, of(revision) + " is damaged: " + what + VERIFY, cause);
  }

  /** A revision cannot be read by this library. */
  StoreException unsupported(int revision, String what) {
    return new StoreException(Kind.UNSUPPORTED, of(revision) + " cannot be read: " + what);
  }

  /** The revlog cannot be read by this library. */
  StoreException unsupported(String what) {
    return new StoreException(Kind.UNSUPPORTED, "the revlog " + index + " cannot be read: " + what);
  }

  /** A revision exceeds a limit. */
  StoreException tooLarge(int revision, String what) {
    return new StoreException(Kind.TOO_LARGE, of(revision) + " " + what);
  }

  /** The revlog exceeds a limit. */
  StoreException tooLarge(String what) {
    return new StoreException(Kind.TOO_LARGE, "the revlog " + index + " " + what);
  }

  private String of(int revision) {
    return "revision " + revision + " of the revlog " + index;
  }
}

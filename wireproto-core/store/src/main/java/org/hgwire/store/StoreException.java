// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A repository on disk cannot be read or written. The message names the file, and the revision if
 * any.
 */
public final class StoreException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Kind {
    /** There is no repository. */
    NOT_A_REPOSITORY,
    /** The repository has a format or a requirement that is not read here. */
    UNSUPPORTED,
    /** A file is damaged: cut, inconsistent, or not what its hash says. */
    DAMAGED,
    /** The repository was changed while it was read, or changes too often to be read. */
    CHANGED,
    /** A text or a chain of deltas is larger than a limit. */
    TOO_LARGE,
    /** Another program writes to the repository. */
    LOCKED,
    /** Another program was interrupted when it wrote to the repository, and has to clean up. */
    INTERRUPTED
  }

  private final Kind kind;

  /**
   * Makes the error.
   *
   * @param message one sentence: what is wrong, in which file, at which revision, what to do
   */
  public StoreException(Kind kind, String message) {
    this(kind, message, null);
  }

  /**
   * Makes the error.
   *
   * @param message one sentence: what is wrong, in which file, at which revision, what to do
   * @param cause what led to it, or null
   */
  public StoreException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Returns what is wrong. */
  public Kind kind() {
    return kind;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.hgwire.core.command.Node;

/**
 * A stored bundle for clients that pull, sent unchanged: an HG20 file as {@code hg bundle} writes
 * it, of {@link #heads()} and their ancestors without {@link #bases()} and theirs.
 *
 * <p>The library reads it once, to the end, before it is sent for the first time, and sends none
 * that is damaged or has other changesets. It is not sent while one of its changesets is secret or
 * hidden.
 */
public interface PullBundle {
  /**
   * Returns what is equal for two bundles only if they have the same heads, bases and bytes, such
   * as what a file is recognized by; with {@code equals} and {@code hashCode}.
   */
  Object identity();

  /** Returns the heads of its changesets. */
  List<Node> heads();

  /** Returns what a client must have; empty if it has all ancestors of its heads. */
  List<Node> bases();

  /** Returns its length in bytes. */
  long size();

  /**
   * Opens its bytes; the caller closes the stream.
   *
   * @throws IOException if they cannot be read, or are not the ones of this {@link #identity()} any
   *     more: another bundle is used, or one is made
   */
  InputStream open() throws IOException;

  /** Returns what an operator knows the bundle by, such as its path. */
  @Override
  String toString();
}

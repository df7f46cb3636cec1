// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.hgwire.conformance.cases.KnownNodes;
import org.hgwire.core.ByteString;

/**
 * The repository whose contents cases know: small, not publishing, with two heads, a merge, a copy,
 * an executable file and a link, bookmarks, a tag, and a secret and a hidden changeset that no peer
 * may see.
 */
public final class KnownRepository {
  private KnownRepository() {}

  /** Returns a shell script that makes it with any hg, in the directory that is its argument. */
  public static String script() {
    return resource("known-repository").utf8();
  }

  /** Returns its nodes, a line each: the name in the cases and 40 hexadecimal digits. */
  public static String names() {
    return KnownNodes.text();
  }

  /** Returns what is in it, in words, for servers that cannot read what hg made. */
  public static String description() {
    return resource("known-repository.md").utf8();
  }

  /** Returns a bundle (HG20, gzip) of its public and draft changesets. */
  public static ByteString bundle() {
    return resource("known-repository.hg");
  }

  private static ByteString resource(String name) {
    try (InputStream input = KnownRepository.class.getResourceAsStream(name)) {
      if (input == null) {
        throw new IllegalStateException("the jar of the suite has no " + name);
      }
      return ByteString.copyOf(input.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

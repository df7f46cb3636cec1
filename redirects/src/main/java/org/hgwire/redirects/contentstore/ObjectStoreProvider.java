// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore;

import java.util.Optional;
import java.util.ServiceLoader;
import org.hgwire.core.command.RedirectTarget;

/**
 * Opens content stores in buckets of an object store, for code that is compiled without the client
 * library of one. The artifact {@code org.hgwire:wireproto-redirects-s3} provides one for stores
 * that speak Amazon's S3; code that is compiled against that artifact uses its {@code
 * S3ContentStore} directly.
 *
 * <p>An implementation has a public constructor without arguments and is safe for use by several
 * threads.
 */
public interface ObjectStoreProvider {
  /**
   * Returns a builder of a content store.
   *
   * @param target the redirect target to which its URLs belong
   * @param bucket the bucket, which must exist
   */
  ObjectStoreBuilder builder(RedirectTarget target, String bucket);

  /**
   * Returns the provider that {@link ServiceLoader} finds, the first if there are several, or
   * nothing if no artifact with one is on the class path or module path.
   */
  static Optional<ObjectStoreProvider> installed() {
    return ServiceLoader.load(ObjectStoreProvider.class, ObjectStoreProvider.class.getClassLoader())
        .findFirst();
  }
}

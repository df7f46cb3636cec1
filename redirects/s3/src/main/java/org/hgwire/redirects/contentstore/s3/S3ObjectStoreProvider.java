// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore.s3;

import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.contentstore.ObjectStoreProvider;

/** Provides {@link S3ContentStore} to code that is compiled without it. */
public final class S3ObjectStoreProvider implements ObjectStoreProvider {
  /** Used by {@link java.util.ServiceLoader}. */
  public S3ObjectStoreProvider() {}

  @Override
  public S3ContentStoreBuilder builder(RedirectTarget target, String bucket) {
    return S3ContentStore.builder(target, bucket);
  }
}

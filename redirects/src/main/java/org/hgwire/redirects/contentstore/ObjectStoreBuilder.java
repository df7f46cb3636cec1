// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore;

import java.net.URI;
import java.time.Duration;

/**
 * Collects the settings of a {@link ContentStore} in a bucket of an object store. Not safe for use
 * by several threads.
 */
public interface ObjectStoreBuilder {
  /** Sets the prefix of the objects' names; empty by default. */
  ObjectStoreBuilder prefix(String prefix);

  /** Sets the region; {@code us-east-1} by default, which stores other than Amazon's accept. */
  ObjectStoreBuilder region(String region);

  /** Sets the URL of the object store; Amazon's by default. */
  ObjectStoreBuilder endpoint(URI endpoint);

  /**
   * Sets whether URLs name the bucket in their path and not in their host, as most stores other
   * than Amazon's require; false by default.
   */
  ObjectStoreBuilder pathStyle(boolean pathStyle);

  /** Sets the credentials; by default they are looked up where the client library always does. */
  ObjectStoreBuilder credentials(String accessKey, String secretKey);

  /**
   * Presigns the URLs of the content, each valid for {@code life}; this is the default, with one
   * hour. Allow for a slow download and its resumption.
   *
   * @param life more than zero, at most 7 days
   * @throws IllegalArgumentException if {@code life} is out of these bounds
   */
  ObjectStoreBuilder presigned(Duration life);

  /** Declares that the bucket is public, with its objects at the first URI of the target. */
  ObjectStoreBuilder publicUrls();

  /** Returns the store; sends no request yet. */
  ContentStore open();
}

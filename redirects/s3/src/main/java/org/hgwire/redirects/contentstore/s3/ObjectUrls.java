// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore.s3;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.GetObjectPresignRequest;

/** Makes the URLs at which clients get objects. */
interface ObjectUrls extends AutoCloseable {
  /** Returns a URL of an object. */
  URI of(String bucket, String key);

  @Override
  default void close() {}

  /** Returns URLs that anyone who has them can use, until they expire. */
  static ObjectUrls presigned(S3Presigner presigner, Duration life) {
    return new ObjectUrls() {
      @Override
      public URI of(String bucket, String key) {
        return URI.create(
            presigner
                .presignGetObject(
                    GetObjectPresignRequest.builder()
                        .signatureDuration(life)
                        .getObjectRequest(
                            GetObjectRequest.builder().bucket(bucket).key(key).build())
                        .build())
                .url()
                .toExternalForm());
      }

      @Override
      public void close() {
        presigner.close();
      }
    };
  }

  /** Returns URLs below one at which the bucket is public. */
  static ObjectUrls publicBelow(URI base) {
    String directory = base.toString().endsWith("/") ? base.toString() : base + "/";
    return (bucket, key) -> URI.create(directory + key);
  }
}

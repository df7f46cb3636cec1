// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore.s3;

import org.hgwire.redirects.contentstore.ContentStoreException;
import org.hgwire.redirects.contentstore.ContentStoreException.Reason;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Translates the exceptions of the SDK. */
final class StoreFaults {
  private StoreFaults() {}

  /** Returns the exception for a failure. */
  static ContentStoreException of(SdkException failure, String what, String bucket) {
    Reason reason = reason(failure);
    return new ContentStoreException(
        reason, what + " in the bucket " + bucket + ": " + advice(reason), failure);
  }

  private static Reason reason(SdkException failure) {
    if (!(failure instanceof S3Exception response)) {
      return Reason.UNREACHABLE;
    }
    AwsErrorDetails details = response.awsErrorDetails();
    if (details != null && "NoSuchBucket".equals(details.errorCode())) {
      return Reason.NO_STORE;
    }
    return response.statusCode() == 401 || response.statusCode() == 403
        ? Reason.DENIED
        : Reason.FAILED;
  }

  private static String advice(Reason reason) {
    return switch (reason) {
      case NO_STORE -> "there is no such bucket; create it or name another one";
      case DENIED -> "access is denied; check the credentials and their permissions";
      case UNREACHABLE -> "the store cannot be reached; check endpoint, network and credentials";
      case FAILED -> "the store failed or refused; its response is the cause";
    };
  }
}

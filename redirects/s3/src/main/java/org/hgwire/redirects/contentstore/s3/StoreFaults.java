// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore.s3;

import org.hgwire.redirects.contentstore.ContentStoreException;
import org.hgwire.redirects.contentstore.ContentStoreException.Reason;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says what a failure of the SDK means for a store. */
final class StoreFaults {
  private StoreFaults() {}

  /** Returns the error for a failure. */
  static ContentStoreException of(SdkException failure, String what, String bucket) {
    Reason reason = reason(failure);
    return new ContentStoreException(
        reason, what + " in the bucket " + bucket + ": " + advice(reason), failure);
  }

  private static Reason reason(SdkException failure) {
    if (!(failure instanceof S3Exception answer)) {
      return Reason.UNREACHABLE;
    }
    AwsErrorDetails details = answer.awsErrorDetails();
    if (details != null && "NoSuchBucket".equals(details.errorCode())) {
      return Reason.NO_STORE;
    }
    return answer.statusCode() == 401 || answer.statusCode() == 403 ? Reason.DENIED : Reason.FAILED;
  }

  private static String advice(Reason reason) {
    return switch (reason) {
      case NO_STORE -> "there is no such bucket; make it or name another";
      case DENIED -> "the store refuses; check credentials and what they may do";
      case UNREACHABLE -> "the store cannot be reached; check endpoint, network and credentials";
      case FAILED -> "the store fails or refuses; its answer is the cause";
    };
  }
}

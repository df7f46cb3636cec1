// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore.s3;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import org.hgwire.redirects.contentstore.ContentStoreException;
import org.hgwire.redirects.contentstore.ContentStoreException.Reason;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Translates the exceptions of the SDK. */
final class StoreFaults {
  /** The difference of clocks from which on Amazon refuses signed requests. */
  private static final Duration MAX_SKEW = Duration.ofMinutes(15);

  private static final Set<String> OTHER_REGION =
      Set.of(
          "PermanentRedirect",
          "TemporaryRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException");

  private static final int MOVED = 301;
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

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
    String code = code(response);
    if (code.equals("NoSuchBucket")) {
      return Reason.NO_STORE;
    }
    if (code.equals("RequestTimeTooSkewed") || isSkewed(response)) {
      return Reason.CLOCK_SKEW;
    }
    if (OTHER_REGION.contains(code) || isElsewhere(response)) {
      return Reason.WRONG_REGION;
    }
    return response.statusCode() == UNAUTHORIZED || response.statusCode() == FORBIDDEN
        ? Reason.DENIED
        : Reason.FAILED;
  }

  /** Returns the code of a fault, empty if there is none: responses to HEAD have no body. */
  private static String code(S3Exception response) {
    AwsErrorDetails details = response.awsErrorDetails();
    String code = details == null ? null : details.errorCode();
    return code == null ? "" : code;
  }

  private static boolean isSkewed(S3Exception response) {
    return response.statusCode() == FORBIDDEN
        && header(response, "Date").map(StoreFaults::skew).orElse(Duration.ZERO).compareTo(MAX_SKEW)
            > 0;
  }

  private static Duration skew(String date) {
    try {
      Instant theirs = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
      return Duration.between(theirs, Instant.now()).abs();
    } catch (DateTimeException malformed) {
      return Duration.ZERO;
    }
  }

  private static boolean isElsewhere(S3Exception response) {
    return response.statusCode() == MOVED
        || (response.statusCode() == BAD_REQUEST
            && header(response, "x-amz-bucket-region").isPresent());
  }

  private static Optional<String> header(S3Exception response, String name) {
    AwsErrorDetails details = response.awsErrorDetails();
    return details == null || details.sdkHttpResponse() == null
        ? Optional.empty()
        : details.sdkHttpResponse().firstMatchingHeader(name);
  }

  private static String advice(Reason reason) {
    return switch (reason) {
      case NO_STORE -> "there is no such bucket; create it or name another one";
      case DENIED ->
          "access is denied; check the credentials and their permissions (to list the bucket, to"
              + " read and to write its objects)";
      case WRONG_REGION -> "the bucket is in another region; configure that region";
      case CLOCK_SKEW -> "the clocks differ too much; set the clock of this machine";
      case UNREACHABLE -> "the store cannot be reached; check endpoint, network and credentials";
      case FAILED -> "the store failed or refused; its response is the cause";
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore.s3;

import java.net.URI;
import java.time.Duration;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.contentstore.ObjectStoreBuilder;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Collects the settings of an {@link S3ContentStore}. Not safe for use by several threads. */
public final class S3ContentStoreBuilder implements ObjectStoreBuilder {
  /** The minimum size of a part, except the last one, that S3 accepts. */
  private static final long MIN_PART_SIZE = 5L << 20;

  private static final Duration MAX_LIFE = Duration.ofDays(7);

  /** How long the one attempt to learn whether there is an object may take. */
  private static final Duration MAX_LOOKUP = Duration.ofSeconds(2);

  final RedirectTarget target;
  final String bucket;
  String prefix = "";
  long partSize = 16L << 20;
  Duration rememberLookups = Duration.ofMinutes(1);
  private String region = "us-east-1";
  private @Nullable URI endpoint;
  private boolean pathStyle;
  private @Nullable AwsCredentialsProvider credentials;
  private Duration life = Duration.ofHours(1);
  private boolean publicUrls;
  private Duration connectTimeout = Duration.ofSeconds(10);
  private Duration socketTimeout = Duration.ofSeconds(60);

  S3ContentStoreBuilder(RedirectTarget target, String bucket) {
    this.target = target;
    this.bucket = bucket;
  }

  /** Sets the prefix of the objects' names; empty by default. */
  @Override
  public S3ContentStoreBuilder prefix(String prefix) {
    this.prefix = prefix;
    return this;
  }

  /** Sets the region; {@code us-east-1} unless set, which stores other than Amazon's accept. */
  @Override
  public S3ContentStoreBuilder region(String region) {
    this.region = region;
    return this;
  }

  /** Sets the URL of the object store; Amazon's unless set. */
  @Override
  public S3ContentStoreBuilder endpoint(URI endpoint) {
    this.endpoint = endpoint;
    return this;
  }

  /**
   * Sets whether URLs name the bucket in their path and not in their host, as most stores other
   * than Amazon's require; false unless set.
   */
  @Override
  public S3ContentStoreBuilder pathStyle(boolean pathStyle) {
    this.pathStyle = pathStyle;
    return this;
  }

  /** Sets the credentials; by default the SDK looks for them where it always does. */
  @Override
  public S3ContentStoreBuilder credentials(String accessKey, String secretKey) {
    return credentials(
        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)));
  }

  /** Sets the provider of the credentials. */
  public S3ContentStoreBuilder credentials(AwsCredentialsProvider credentials) {
    this.credentials = credentials;
    return this;
  }

  /**
   * Presigns URLs, each valid for {@code life}; this is the default, with one hour. Allow for a
   * slow download and its resumption.
   *
   * @param life at most 7 days
   */
  @Override
  public S3ContentStoreBuilder presigned(Duration life) {
    if (life.isNegative() || life.isZero() || life.compareTo(MAX_LIFE) > 0) {
      throw new IllegalArgumentException(
          "a presigned URL is valid for at most 7 days, not " + life);
    }
    this.life = life;
    this.publicUrls = false;
    return this;
  }

  /** Declares that the bucket is public, with its objects at the first URI of the target. */
  @Override
  public S3ContentStoreBuilder publicUrls() {
    this.publicUrls = true;
    return this;
  }

  /** Sets the size of parts: larger content is uploaded in parts; 16 MiB unless set. */
  public S3ContentStoreBuilder partSize(long bytes) {
    if (bytes < MIN_PART_SIZE) {
      throw new IllegalArgumentException("parts have at least 5 MiB, not " + bytes);
    }
    this.partSize = bytes;
    return this;
  }

  /**
   * Sets how long the store is not asked again whether it has an object; 1 minute unless set. Never
   * set it longer than the store is sure to keep its objects.
   */
  public S3ContentStoreBuilder rememberLookups(Duration time) {
    this.rememberLookups = time;
    return this;
  }

  /**
   * Sets the time-outs of connecting and of each read while content is stored; 10 s and 60 s unless
   * set. Asking whether there is an object takes at most 2 s, and is not repeated.
   */
  public S3ContentStoreBuilder timeouts(Duration connect, Duration socket) {
    this.connectTimeout = connect;
    this.socketTimeout = socket;
    return this;
  }

  /**
   * Returns the store; sends no request yet. Failed uploads are retried as the SDK does by default.
   */
  @Override
  public S3ContentStore open() {
    AwsCredentialsProvider from =
        credentials == null ? DefaultCredentialsProvider.builder().build() : credentials;
    S3Presigner.Builder presigner =
        S3Presigner.builder()
            .region(Region.of(region))
            .credentialsProvider(from)
            .serviceConfiguration(
                S3Configuration.builder().pathStyleAccessEnabled(pathStyle).build());
    URI at = endpoint;
    if (at != null) {
      presigner.endpointOverride(at);
    }
    return new S3ContentStore(
        this,
        client(from, connectTimeout, socketTimeout).build(),
        client(from, shorter(connectTimeout), shorter(socketTimeout))
            .overrideConfiguration(
                once ->
                    once.apiCallTimeout(MAX_LOOKUP).retryStrategy(retry -> retry.maxAttempts(1)))
            .build(),
        publicUrls
            ? ObjectUrls.publicBelow(target.baseUri())
            : ObjectUrls.presigned(presigner.build(), life));
  }

  private S3ClientBuilder client(AwsCredentialsProvider from, Duration connect, Duration socket) {
    S3ClientBuilder client =
        S3Client.builder()
            .region(Region.of(region))
            .credentialsProvider(from)
            .forcePathStyle(pathStyle)
            // Stores other than Amazon's do not support checksums in trailers; the checksums that
            // are needed are requested explicitly.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(connect).socketTimeout(socket));
    URI at = endpoint;
    return at == null ? client : client.endpointOverride(at);
  }

  private static Duration shorter(Duration time) {
    return time.compareTo(MAX_LOOKUP) < 0 ? time : MAX_LOOKUP;
  }
}

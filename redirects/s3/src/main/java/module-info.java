// SPDX-License-Identifier: Apache-2.0
/** Content stores in object stores that speak Amazon's S3. */
@SuppressWarnings("module") // The digit is no version: S3 is the name of the protocol.
module org.hgwire.redirects.s3 {
  requires transitive org.hgwire.redirects;
  requires static transitive org.jspecify;
  requires transitive software.amazon.awssdk.auth;
  requires software.amazon.awssdk.awscore;
  requires software.amazon.awssdk.core;
  requires software.amazon.awssdk.http;
  requires software.amazon.awssdk.http.urlconnection;
  requires software.amazon.awssdk.regions;
  requires software.amazon.awssdk.retries.api;
  requires software.amazon.awssdk.services.s3;

  exports org.hgwire.redirects.contentstore.s3;

  provides org.hgwire.redirects.contentstore.ObjectStoreProvider with
      org.hgwire.redirects.contentstore.s3.S3ObjectStoreProvider;
}

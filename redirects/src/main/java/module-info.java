// SPDX-License-Identifier: Apache-2.0
/** Content offload for both roles: redirects that can be trusted, content stores, clone bundles. */
module org.hgwire.redirects {
  requires transitive org.hgwire.core;
  requires static transitive org.jspecify;
  requires org.bouncycastle.provider;
  requires static software.amazon.awssdk.auth;
  requires static software.amazon.awssdk.awscore;
  requires static software.amazon.awssdk.core;
  requires static software.amazon.awssdk.http;
  requires static software.amazon.awssdk.http.urlconnection;
  requires static software.amazon.awssdk.regions;
  requires static software.amazon.awssdk.services.s3;

  exports org.hgwire.redirects;
  exports org.hgwire.redirects.fetch;
  exports org.hgwire.redirects.trust;
  exports org.hgwire.redirects.contentstore;
  exports org.hgwire.redirects.contentstore.s3;
  exports org.hgwire.redirects.clonebundles;
}

// SPDX-License-Identifier: Apache-2.0
/** Content offload for both roles: redirects that can be trusted, content stores, clone bundles. */
module org.hgwire.redirects {
  requires transitive org.hgwire.core;
  requires static transitive org.jspecify;
  requires org.bouncycastle.provider;

  exports org.hgwire.redirects;
  exports org.hgwire.redirects.fetch;
  exports org.hgwire.redirects.trust;
  exports org.hgwire.redirects.contentstore;
  exports org.hgwire.redirects.clonebundles;

  uses org.hgwire.redirects.contentstore.ObjectStoreProvider;
}

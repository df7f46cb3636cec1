// SPDX-License-Identifier: Apache-2.0
/** The client role: a peer, typed commands, batches, pull, OkHttp. */
module org.hgwire.client {
  requires transitive org.hgwire.core;
  requires transitive org.hgwire.redirects;
  requires transitive org.hgwire.store;
  requires static transitive org.jspecify;
  // OkHttpTransport.using takes an OkHttpClient.
  requires transitive okhttp3;
  requires okio;
  // Only for bundles in bzip2.
  requires static org.apache.commons.compress;

  exports org.hgwire.client;
  exports org.hgwire.client.bundle;
  exports org.hgwire.client.okhttp;
  exports org.hgwire.client.pull;
  exports org.hgwire.client.sink;
  exports org.hgwire.client.store;

  uses org.hgwire.client.TransportFactory;

  provides org.hgwire.client.TransportFactory with
      org.hgwire.client.okhttp.OkHttpTransportFactory;
}

// SPDX-License-Identifier: Apache-2.0
/** The client role: a peer, typed commands, batches, pull, OkHttp. */
module org.hgwire.client {
  requires transitive org.hgwire.core;
  requires static transitive org.jspecify;

}

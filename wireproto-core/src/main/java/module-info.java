// SPDX-License-Identifier: Apache-2.0
/** The protocol itself: no sockets, no threads, no clock, no logger. */
module org.hgwire.core {
  requires com.github.luben.zstd_jni;
  requires static transitive org.jspecify;

  exports org.hgwire.core;
  exports org.hgwire.core.bundle;
  exports org.hgwire.core.cbor;
  exports org.hgwire.core.command;
  exports org.hgwire.core.encoding;
  exports org.hgwire.core.frame;
  exports org.hgwire.core.message;
  exports org.hgwire.core.reactor;
  exports org.hgwire.core.revision;
  exports org.hgwire.core.version1;
}

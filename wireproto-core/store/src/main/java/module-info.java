// SPDX-License-Identifier: Apache-2.0
/** Repositories on disk, as Mercurial keeps them. */
module org.hgwire.store {
  requires transitive org.hgwire.core;
  requires static transitive org.jspecify;
  requires com.github.luben.zstd_jni;

  exports org.hgwire.store;
  exports org.hgwire.store.revlog;
  exports org.hgwire.store.write;
}

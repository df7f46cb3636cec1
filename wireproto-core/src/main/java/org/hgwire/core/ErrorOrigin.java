// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core;

/** Who found the fault. */
public enum ErrorOrigin {
  /** We found that what the peer sent breaks the protocol or a limit of ours. */
  LOCAL,
  /** The peer told us that something failed on its side. */
  PEER
}

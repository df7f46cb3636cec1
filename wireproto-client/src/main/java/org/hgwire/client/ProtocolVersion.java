// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

/** The versions of the wire protocol that a {@link Peer} speaks. */
public enum ProtocolVersion {
  /** Version 1, which every server speaks: texts, and bundles as responses. */
  VERSION_1,
  /** Version 2: frames and CBOR. */
  VERSION_2
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

/** The media types and names of the protocol over HTTP (wireprotocol, HTTP Transport). */
final class MediaTypes {
  /** Bodies made of frames. */
  static final String FRAMING = "application/mercurial-exp-framing-0006";

  /** The handshake's answer to a client that upgrades. */
  static final String CBOR = "application/mercurial-cbor";

  /** Answers of version 1 of the protocol. */
  static final String V1 = "application/mercurial-0.1";

  /** An error that clients of any version show to the user. */
  static final String V1_ERROR = "application/hg-error";

  private MediaTypes() {}
}

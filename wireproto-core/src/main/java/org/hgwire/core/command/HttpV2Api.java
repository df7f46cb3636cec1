// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.ByteString;

/** Names of the protocol on HTTP (wireprotocol, HTTP Version 2 Transport). */
public final class HttpV2Api {
  /** The name of the API, in the handshake and in URLs. */
  public static final ByteString NAME = ByteString.utf8("exp-http-v2-0003");

  /** The media type of frames: requests and responses. */
  public static final String FRAMING_MEDIA_TYPE = "application/mercurial-exp-framing-0006";

  /** The media type of CBOR: the handshake, and bodies that were redirected. */
  public static final String CBOR_MEDIA_TYPE = "application/mercurial-cbor";

  /** The path below which a server has its APIs, relative to the repository. */
  public static final ByteString API_BASE = ByteString.utf8("api/");

  /** The component of a URL that asks for commands that read. */
  public static final String READ_ONLY = "ro";

  /** The component of a URL that asks for commands that may write. */
  public static final String READ_WRITE = "rw";

  /** What stands in a URL in place of a command when there may be several. */
  public static final String MULTIREQUEST = "multirequest";

  private HttpV2Api() {}
}

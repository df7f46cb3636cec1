// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

/**
 * The names that the protocol uses in HTTP: the API, its URLs, media types and header fields
 * (wireprotocol, "HTTP Version 1 Transport" for the handshake and "HTTP Version 2 Transport").
 *
 * <p>A command is sent to {@code REPOSITORY/api/NAME/ro/COMMAND}, or to {@code rw} in place of
 * {@code ro}.
 */
public final class HttpV2Api {
  /** The name of the API, in the handshake and in URLs. */
  public static final String NAME = "exp-http-v2-0003";

  /** The path of a server's APIs, relative to the repository; ends with a slash. */
  public static final String API_BASE = "api/";

  /** The segment of a URL for commands that only read. */
  public static final String READ_ONLY = "ro";

  /** The segment of a URL for commands that may write. */
  public static final String READ_WRITE = "rw";

  /** The last segment of a URL that accepts any number of commands in one request. */
  public static final String MULTIREQUEST = "multirequest";

  /** The media type of frames: requests and responses. */
  public static final String FRAMING_MEDIA_TYPE = "application/mercurial-exp-framing-0006";

  /** The media type of CBOR: the handshake, and responses that a redirect leads to. */
  public static final String CBOR_MEDIA_TYPE = "application/mercurial-cbor";

  /** The media type of responses of version 1 of the protocol. */
  public static final String V1_MEDIA_TYPE = "application/mercurial-0.1";

  /** The media type of streams of version 1 that begin with the name of their compression. */
  public static final String V1_NAMED_MEDIA_TYPE = "application/mercurial-0.2";

  /** The media type of an error text that clients of every version show to the user. */
  public static final String ERROR_MEDIA_TYPE = "application/hg-error";

  /**
   * The header field that lists the APIs a client can upgrade to. Like the other two it is sent in
   * numbered parts: {@code X-HgUpgrade-1}, {@code X-HgUpgrade-2} and so on.
   */
  public static final String UPGRADE_HEADER = "X-HgUpgrade";

  /** The header field that lists what a client can read; {@link #PROTO_CBOR} is one such item. */
  public static final String PROTO_HEADER = "X-HgProto";

  /** The header field that has the arguments of a command of version 1. */
  public static final String ARGUMENTS_HEADER = "X-HgArg";

  /**
   * The header field that says how many bytes of the body are arguments of a command of version 1.
   */
  public static final String POSTED_ARGUMENTS_HEADER = "X-HgArgs-Post";

  /** The item of {@link #PROTO_HEADER} that says a client reads a handshake in CBOR. */
  public static final String PROTO_CBOR = "cbor";

  private HttpV2Api() {}
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

/** Why content that is elsewhere was not used. */
public enum RedirectFault {
  /** The user follows no redirects, or the client offered none. */
  NOT_OFFERED,
  /** The URL is not one, or holds what it must not, as user info. */
  BAD_URL,
  /** The scheme is neither http nor https. */
  SCHEME,
  /** An https origin leads to http. */
  DOWNGRADE,
  /** The URL belongs to no target that the client offered. */
  NOT_ADVERTISED,
  /** The host has an address to which servers may not send clients. */
  ADDRESS,
  /** The host name has no address. */
  UNKNOWN_HOST,
  /** The media type is not that of objects. */
  MEDIA_TYPE,
  /** No hash that proves anything was given, or one is required and missing. */
  NO_USABLE_HASH,
  /** A hash has a length that its algorithm does not have. */
  HASH_LENGTH,
  /** The content does not have the hash that was given. */
  HASH,
  /** The content is shorter than was said. */
  TOO_SHORT,
  /** The content is longer than was said, or than is allowed. */
  TOO_LONG,
  /** The certificates in the location cannot be used. */
  BAD_PINS,
  /** The server's certificate is not one that was named. */
  PIN,
  /** The server's certificate is not valid, not trusted, or that of another host. */
  CERTIFICATE,
  /** TLS failed otherwise. */
  TLS,
  /** The connection was refused, or could not be made. */
  UNREACHABLE,
  /** The server did not answer in time, or stopped in the middle. */
  TIMEOUT,
  /** The body broke off, more often than it is resumed. */
  CUT,
  /** The HTTP status is not that of content. */
  STATUS,
  /** The server answers with an HTTP redirect that is not followed. */
  HTTP_REDIRECT,
  /** The body is not what the protocol promises: not objects, or a bundle that cannot be read. */
  BAD_CONTENT,
  /** It cannot be kept: the disk is full, or a temporary file cannot be written. */
  NO_ROOM
}

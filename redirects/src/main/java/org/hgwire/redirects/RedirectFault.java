// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

/** Why redirected content was not used. */
public enum RedirectFault {
  /** Redirects are switched off, or the client offered none. */
  NOT_OFFERED,
  /** The location itself is malformed: a field is missing, of another type, or out of bounds. */
  BAD_LOCATION,
  /** The URL is malformed, or has a part that is not allowed, such as user info. */
  BAD_URL,
  /** The scheme is neither http nor https. */
  SCHEME,
  /** A URL learned over https is http. */
  DOWNGRADE,
  /** The URL belongs to none of the targets that the client offered. */
  NOT_ADVERTISED,
  /** The host has an address to which servers may not send clients. */
  ADDRESS,
  /** The host name has no address. */
  UNKNOWN_HOST,
  /** The media type is not that of objects. */
  MEDIA_TYPE,
  /** A hash is required and missing, or no hash is by an accepted algorithm. */
  NO_USABLE_HASH,
  /** A hash does not have the length of its algorithm. */
  HASH_LENGTH,
  /** The hash of the content is wrong. */
  HASH,
  /** The content is shorter than announced. */
  TOO_SHORT,
  /** The content is longer than announced or allowed. */
  TOO_LONG,
  /** The certificates in the location are malformed or too many. */
  BAD_PINS,
  /** The server's certificate is not one of those in the location. */
  PIN,
  /** The server's certificate is not valid, not trusted, or that of another host. */
  CERTIFICATE,
  /** TLS failed for another reason. */
  TLS,
  /** The connection could not be established. */
  UNREACHABLE,
  /** The server did not respond in time, or stopped in the middle. */
  TIMEOUT,
  /** The body was cut more often than it is resumed. */
  CUT,
  /** The HTTP status is not a success. */
  STATUS,
  /** The server responded with an HTTP redirect that is not followed. */
  HTTP_REDIRECT,
  /** The content is malformed: not CBOR objects, or a bundle that cannot be read. */
  BAD_CONTENT,
  /** The disk is full, or a temporary file cannot be written. */
  NO_ROOM
}

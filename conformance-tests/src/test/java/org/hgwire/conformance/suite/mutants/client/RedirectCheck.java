// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

/** What a {@link PlainRedirect} checks. */
enum RedirectCheck {
  /** A redirect has a location, and that a URL. */
  LOCATIONS,
  /** The media type is that of objects. */
  MEDIA_TYPES,
  /** A location over http has no certificates. */
  CERTIFICATES,
  /** A URL is absolute. */
  ABSOLUTE_URLS,
  /** A URL is one of HTTP. */
  SCHEMES,
  /** A URL belongs to a target that was offered. */
  TARGETS,
  /** There is a response. */
  RESPONSES,
  /** The status of the response is 200. */
  STATUS,
  /** No HTTP redirect is followed. */
  HTTP_REDIRECTS,
  /** Content is read no further than where it has to end. */
  BOUNDS,
  /** Nothing is behind where content has to end. */
  TRAILERS,
  /** Content ends where HTTP says so. */
  ENDS,
  /** Content ends where an object does. */
  WHOLE_OBJECTS,
  /** Content has the size of its location. */
  SIZES,
  /** Content has hashes of its location. */
  HASHES,
  /** Hashes are an array. */
  HASH_LISTS,
  /** One hash at least is of a known algorithm. */
  KNOWN_HASHES,
  /** Content has every hash that is known, and not only one. */
  EVERY_HASH,
  /** A hash is as long as those of its algorithm. */
  HASH_LENGTHS,
  /** The seed is hashed first. */
  SEEDS
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;

/**
 * A place that a server may redirect to (wireprotocolv2, capabilities, {@code targets}). A server
 * creates one with {@link #of}, and sets more with the {@code with} methods:
 *
 * <pre>{@code
 * RedirectTarget.of("cdn", URI.create("https://cdn.example.org/hg/")).withSniRequired(true)
 * }</pre>
 *
 * @param name the name that server and client use for it
 * @param protocol its network protocol, such as {@code https}
 * @param uris representative URIs: every URL of its content is below one of them
 * @param sniRequired whether clients must send Server Name Indication
 * @param tlsVersions the versions of TLS that it supports, such as {@code 1.2}; empty if unknown
 */
public record RedirectTarget(
    ByteString name,
    ByteString protocol,
    List<ByteString> uris,
    boolean sniRequired,
    List<ByteString> tlsVersions) {
  /** Copies the lists. */
  public RedirectTarget {
    uris = List.copyOf(uris);
    tlsVersions = List.copyOf(tlsVersions);
  }

  /**
   * Returns a target with one URI, whose scheme is the protocol, without requirements on TLS.
   *
   * @throws IllegalArgumentException if {@code uri} is not absolute
   */
  public static RedirectTarget of(String name, URI uri) {
    return new RedirectTarget(
        ByteString.utf8(name), scheme(uri), List.of(bytes(uri)), false, List.of());
  }

  /**
   * Returns a copy of this target with these URIs. A content store of the target publishes below
   * the first.
   *
   * @throws IllegalArgumentException if there are none, or one does not have the protocol as its
   *     scheme
   */
  public RedirectTarget withUris(List<URI> uris) {
    if (uris.isEmpty()) {
      throw new IllegalArgumentException("a redirect target needs at least one URI");
    }
    for (URI uri : uris) {
      if (!scheme(uri).equals(protocol)) {
        throw new IllegalArgumentException(
            "the protocol of the target " + name + " is " + protocol + ", but a URI is " + uri);
      }
    }
    return new RedirectTarget(
        name,
        protocol,
        uris.stream().map(RedirectTarget::bytes).toList(),
        sniRequired,
        tlsVersions);
  }

  /**
   * Returns a copy of this target with this {@code sniRequired}: clients without SNI then do not
   * use it.
   */
  public RedirectTarget withSniRequired(boolean required) {
    return new RedirectTarget(name, protocol, uris, required, tlsVersions);
  }

  /**
   * Returns a copy of this target with these versions of TLS: clients that support none of them do
   * not use it.
   *
   * @param versions such as {@code 1.2} and {@code 1.3}; empty to require none
   */
  public RedirectTarget withTlsVersions(List<String> versions) {
    return new RedirectTarget(
        name, protocol, uris, sniRequired, versions.stream().map(ByteString::utf8).toList());
  }

  /**
   * Returns the first URI, below which a content store of the target publishes.
   *
   * @throws IllegalStateException if there is none, or it is malformed, which is possible if a peer
   *     sent the target
   */
  public URI baseUri() {
    if (uris.isEmpty()) {
      throw new IllegalStateException("the redirect target " + name.excerpt() + " has no URI");
    }
    try {
      return URI.create(uris.get(0).utf8());
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "the first URI of the redirect target " + name.excerpt() + " is malformed", e);
    }
  }

  private static ByteString scheme(URI uri) {
    if (uri.getScheme() == null) {
      throw new IllegalArgumentException("the URI of a redirect target is absolute, not " + uri);
    }
    return ByteString.utf8(uri.getScheme().toLowerCase(Locale.ROOT));
  }

  private static ByteString bytes(URI uri) {
    return ByteString.utf8(uri.toASCIIString());
  }

  /**
   * Reads a target; unknown keys are ignored.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is
   *     malformed
   */
  public static RedirectTarget read(CborValue value) {
    MapReader reader = ValueReader.response("redirect target").fields(value);
    return new RedirectTarget(
        reader.bytes("name"),
        reader.bytes("protocol"),
        reader.byteStrings("uris"),
        reader.bool("snirequired", false),
        reader.optionalByteStrings("tlsversions"));
  }

  /** Returns the target as a map of the wire; keys that say nothing are left out. */
  public CborMap toCbor() {
    CborMap.Builder map =
        CborMap.builder()
            .put("name", name)
            .put("protocol", protocol)
            .put("uris", CborArray.ofByteStrings(uris));
    if (sniRequired) {
      map.put("snirequired", true);
    }
    if (!tlsVersions.isEmpty()) {
      map.put("tlsversions", CborArray.ofByteStrings(tlsVersions));
    }
    return map.build();
  }
}

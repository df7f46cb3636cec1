// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Pattern;
import org.hgwire.client.HandshakeException.Kind;
import org.hgwire.core.ByteString;
import org.hgwire.core.PeerText;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.command.Handshake;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.command.ServerCapabilities;
import org.hgwire.core.version1.Version1Capabilities;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server what it speaks (wireprotocol, "Handshake"; {@code GET ?cmd=capabilities} with
 * {@code X-HgUpgrade-1} and {@code X-HgProto-1}).
 */
final class Handshaker {
  /** Not a WireLimit: a server with a hundred commands describes itself in less than 100 KiB. */
  private static final int MAX_BYTES = 1 << 20;

  private static final List<HttpTransport.Header> HEADERS =
      List.of(
          new HttpTransport.Header(HttpV2Api.UPGRADE_HEADER + "-1", HttpV2Api.NAME),
          new HttpTransport.Header(HttpV2Api.PROTO_HEADER + "-1", HttpV2Api.PROTO_CBOR),
          new HttpTransport.Header("Accept", "*/*"));

  private static final ByteString FRAMING = ByteString.utf8(HttpV2Api.FRAMING_MEDIA_TYPE);

  private static final Pattern API_BASE = Pattern.compile("([A-Za-z0-9_~-][A-Za-z0-9._~-]*/)+");

  private Handshaker() {}

  static HandshakeResult run(Connector connector, RepositoryAddress address, PeerOptions options)
      throws PeerException {
    List<HttpTransport.Header> headers =
        options.protocol() == ProtocolVersion.VERSION_1 ? List.of() : HEADERS;
    Connector.FinalResponse received = connector.send(address.handshake(), headers, null);
    RepositoryAddress landed = landed(address, received.url());
    try (HttpTransport.Response response = received.response()) {
      if (response.status() == 404) {
        throw notARepository(landed.url(), "nothing is there (404)");
      }
      if (response.status() == 401 && !connector.isOrigin(received.url())) {
        throw movedAway(address, landed);
      }
      if (response.status() < 200 || response.status() > 299) {
        throw StatusFaults.of(response, landed.url());
      }
      String type = ContentType.of(response.header("Content-Type"));
      if (type.equals(HttpV2Api.CBOR_MEDIA_TYPE)) {
        String compression = Intermediaries.compression(response, received.url());
        if (compression != null) {
          throw new HandshakeException(Kind.BAD_CONTENT, compression, null);
        }
        byte[] body = read(response, options, received.url());
        return result(landed, body, options);
      }
      if (type.equals(HttpV2Api.V1_MEDIA_TYPE)) {
        if (options.protocol() == ProtocolVersion.VERSION_2) {
          throw versionOneOnly(landed.url(), Intermediaries.trace(response));
        }
        String compression = Intermediaries.compression(response, received.url());
        if (compression != null) {
          throw new HandshakeException(Kind.BAD_CONTENT, compression, null);
        }
        return versionOne(landed, ByteString.copyOf(read(response, options, received.url())));
      }
      if (type.equals(HttpV2Api.ERROR_MEDIA_TYPE)) {
        throw notARepository(landed.url(), "it responds: " + StatusFaults.text(response));
      }
      throw notARepository(
          landed.url(),
          "it has the content type " + (type.isEmpty() ? "none" : PeerText.line(type)));
    }
  }

  /** Returns the repository's address after redirects: where its commands are sent. */
  private static RepositoryAddress landed(RepositoryAddress requested, URI reached) {
    if (reached.equals(requested.handshake())) {
      return requested;
    }
    String url = reached.toString();
    int query = url.indexOf('?');
    return RepositoryAddress.of(URI.create(query < 0 ? url : url.substring(0, query)));
  }

  private static byte[] read(HttpTransport.Response response, PeerOptions options, URI url)
      throws PeerException {
    SmallBody received = new SmallBody();
    try {
      received.read(response, MAX_BYTES + 1, options.idleTimeout());
    } catch (IOException e) {
      throw TransportFaults.of(e, url);
    }
    byte[] body = received.bytes();
    options.listener().bytesReceived(body.length);
    if (body.length > MAX_BYTES) {
      throw badContent(url, "it is longer than " + MAX_BYTES + " bytes", null);
    }
    return body;
  }

  private static HandshakeResult result(RepositoryAddress address, byte[] body, PeerOptions options)
      throws PeerException {
    Handshake handshake;
    ServerCapabilities capabilities;
    try {
      handshake = Handshake.read(CborDecoder.decodeOne(ByteBuffer.wrap(body), options.limits()));
      capabilities = handshake.httpV2();
    } catch (WireProtocolException e) {
      throw badContent(address.url(), String.valueOf(e.getMessage()), e);
    }
    if (capabilities == null) {
      if (options.protocol() == ProtocolVersion.VERSION_2) {
        throw versionOneOnly(address.url(), "");
      }
      return versionOne(address, handshake.v1Capabilities());
    }
    String base = handshake.apiBase().utf8();
    if (!API_BASE.matcher(base).matches()) {
      throw badContent(address.url(), "its apibase is not a plain relative path", null);
    }
    if (!capabilities.framingMediaTypes().contains(FRAMING)) {
      throw badContent(address.url(), "it does not accept " + FRAMING, null);
    }
    return new HandshakeResult(address, base, capabilities, null);
  }

  private static HandshakeResult versionOne(RepositoryAddress address, ByteString words) {
    return HandshakeResult.ofVersion1(address, Version1Capabilities.parse(words));
  }

  private static HandshakeException notARepository(URI url, String why) {
    return new HandshakeException(
        Kind.NOT_A_REPOSITORY,
        "No Mercurial repository is at " + url + " (" + why + "); check the address.",
        null);
  }

  private static AuthenticationRequiredException movedAway(
      RepositoryAddress given, RepositoryAddress landed) {
    return new AuthenticationRequiredException(
        401,
        TransportFaults.place(landed.url())
            + " requires a valid user and password; those for "
            + given.url()
            + " are not sent there: give "
            + landed.url()
            + " as the address.",
        null);
  }

  private static HandshakeException versionOneOnly(URI url, String trace) {
    return new HandshakeException(
        Kind.VERSION_1_ONLY,
        "The server at "
            + url
            + " does not speak version 2 of the wire protocol; enable"
            + " experimental.web.apiserver and experimental.web.api.http-v2 there. If they are, a"
            + " proxy or cache on the way ignores the headers X-HgUpgrade-1 and X-HgProto-1"
            + trace
            + ".",
        null);
  }

  private static HandshakeException badContent(URI url, String why, @Nullable Throwable cause) {
    return new HandshakeException(
        Kind.BAD_CONTENT,
        "The handshake of "
            + url
            + " does not follow wire protocol v2 ("
            + why
            + "); report this to the server's administrator.",
        cause);
  }
}

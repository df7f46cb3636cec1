// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import org.hgwire.core.ByteString;
import org.hgwire.core.PeerText;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.version1.ArgumentForm;
import org.hgwire.core.version1.StreamCodings;
import org.hgwire.core.version1.Version1Capabilities;
import org.hgwire.core.version1.Version1Request;

/**
 * Sends requests of version 1 (wireprotocol, "HTTP Version 1 Transport"). Safe for use by several
 * threads.
 */
final class Version1Connection {
  /** Not a WireLimit: no server is known that accepts more header fields than these have bytes. */
  private static final int MAX_HEADER_BYTES = 60_000;

  private final Connector connector;
  private final PeerOptions options;
  private final RepositoryAddress address;
  private final Version1Capabilities capabilities;
  private final StreamCodings codings;

  Version1Connection(
      Connector connector,
      PeerOptions options,
      RepositoryAddress address,
      Version1Capabilities capabilities) {
    this.connector = connector;
    this.options = options;
    this.address = address;
    this.capabilities = capabilities;
    this.codings = new StreamCodings(options.encodings());
  }

  /** Returns what the server says of itself. */
  Version1Capabilities capabilities() {
    return capabilities;
  }

  /**
   * Runs a command and returns its whole response, a "string" in the words of the text.
   *
   * @param repeatable whether the request may be sent again if it fails
   */
  ByteString call(Version1Request request, boolean repeatable) throws PeerException {
    Retries retries = new Retries(options, 0);
    while (true) {
      try {
        return callOnce(request);
      } catch (PeerException e) {
        if (!repeatable || !retries.pauseAfter(e)) {
          throw e;
        }
      }
    }
  }

  private ByteString callOnce(Version1Request request) throws PeerException {
    Connector.FinalResponse received = send(request);
    try (HttpTransport.Response response = received.response()) {
      requireType(request, received, false);
      int max =
          (int) Math.min(options.limits().of(WireLimit.MAX_CBOR_BYTES), Integer.MAX_VALUE - 1);
      SmallBody body = new SmallBody();
      try {
        body.read(response, max + 1, options.firstByteTimeout());
      } catch (IOException e) {
        throw TransportFaults.of(e, received.url());
      }
      ByteString text = ByteString.copyOf(body.bytes());
      connector.received(text.length());
      options.listener().bytesReceived(text.length());
      if (text.length() > max) {
        throw fault(
            WireErrorCode.LIMIT,
            "The response to "
                + request.command()
                + " is longer than "
                + max
                + " bytes ("
                + WireLimit.MAX_CBOR_BYTES
                + ").");
      }
      return text;
    }
  }

  /**
   * Runs a command and returns its response, a "stream" in the words of the text, without its
   * compression; the caller closes it. Its reads throw a {@link PeerException} if it is cut.
   */
  Version1Stream open(Version1Request request) throws PeerException {
    Retries retries = new Retries(options, 0);
    while (true) {
      try {
        return openOnce(request);
      } catch (PeerException e) {
        if (!retries.pauseAfter(e)) {
          throw e;
        }
      }
    }
  }

  private Version1Stream openOnce(Version1Request request) throws PeerException {
    Connector.FinalResponse received = send(request);
    boolean opened = false;
    try {
      boolean named = requireType(request, received, true);
      Version1Stream stream = new Version1Stream(request.command(), connector, options, received);
      stream.begin(named, codings);
      opened = true;
      return stream;
    } finally {
      if (!opened) {
        received.response().close();
      }
    }
  }

  private Connector.FinalResponse send(Version1Request request) throws PeerException {
    ArgumentForm form = ArgumentForm.of(request, capabilities);
    List<HttpTransport.Header> headers = new ArrayList<>();
    long headerBytes = form.query().length();
    for (Entry<String, String> header : form.headers().entrySet()) {
      headers.add(new HttpTransport.Header(header.getKey(), header.getValue()));
      headerBytes += header.getKey().length() + header.getValue().length();
    }
    ByteString body = form.body();
    long bytes = body == null ? headerBytes : body.length();
    long max = body == null ? MAX_HEADER_BYTES : options.maxRequestBytes();
    if (bytes > max) {
      throw RequestTooLargeException.notSent(bytes, max);
    }
    if (capabilities.negotiatesMediaTypes()) {
      headers.add(new HttpTransport.Header(HttpV2Api.PROTO_HEADER + "-1", codings.protocol()));
    }
    headers.add(new HttpTransport.Header("Accept", HttpV2Api.V1_MEDIA_TYPE));
    URI url = address.command(form.query());
    try {
      return connector.send(url, headers, body == null ? null : List.of(body.asByteBuffer()));
    } catch (TransportException e) {
      throw RequestTooLargeException.ofUpload(e, bytes, url);
    }
  }

  /** Throws unless a response has a type of version 1; returns whether its compression is named. */
  private static boolean requireType(
      Version1Request request, Connector.FinalResponse received, boolean isStream)
      throws PeerException {
    HttpTransport.Response response = received.response();
    if (response.status() < 200 || response.status() > 299) {
      throw StatusFaults.of(response, received.url());
    }
    String type = ContentType.of(response.header("Content-Type"));
    if (type.equals(HttpV2Api.ERROR_MEDIA_TYPE)) {
      throw new CommandFailedException(request.command(), StatusFaults.text(response), null);
    }
    boolean named = isStream && type.equals(HttpV2Api.V1_NAMED_MEDIA_TYPE);
    if (named || type.equals(HttpV2Api.V1_MEDIA_TYPE)) {
      String compression = Intermediaries.compression(response, received.url());
      if (compression != null) {
        throw fault(WireErrorCode.BAD_RESPONSE, compression);
      }
      return named;
    }
    throw fault(
        WireErrorCode.BAD_RESPONSE,
        TransportFaults.place(received.url())
            + " responded to a command with the content type "
            + (type.isEmpty() ? "none" : PeerText.line(type))
            + ", not "
            + HttpV2Api.V1_MEDIA_TYPE
            + "; check for a proxy or gateway that responds in the server's place.");
  }

  static PeerProtocolException fault(WireErrorCode code, String message) {
    return fault(message, WireProtocolException.connection(code, message));
  }

  static PeerProtocolException fault(String message, WireProtocolException cause) {
    return new PeerProtocolException(message, cause);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.hgwire.conformance.cases.KnownNodes;
import org.hgwire.conformance.exchange.CommandResponse;
import org.hgwire.conformance.exchange.HttpConnection;
import org.hgwire.conformance.exchange.HttpResponse;
import org.hgwire.conformance.exchange.SentRequest;
import org.hgwire.conformance.exchange.ServerAnswer;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.command.ServerCapabilities;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.frame.FrameNotation;
import org.hgwire.core.version1.Version1Capabilities;
import org.jspecify.annotations.Nullable;

/** Asks a server what it has, before any case is run. */
final class ServerProbe {
  /** The heads of the known repository. */
  private static final Set<String> KNOWN_HEADS = knownHeads();

  private static final String HEADS = "{b'name': b'heads'}";

  /** 3,000 nodes that no server knows. */
  private static final String NODES = "Taaaaaaaaaaaaaaaaaaaa".repeat(3000);

  private final URI url;
  private final Map<String, String> headers;
  private final Duration timeout;

  ServerProbe(URI url, Map<String, String> headers, Duration timeout) {
    this.url = url;
    this.headers = headers;
    this.timeout = timeout;
  }

  private static Set<String> knownHeads() {
    KnownNodes nodes = new KnownNodes();
    return Set.of(nodes.get("r8").hex(), nodes.get("r9").hex());
  }

  /**
   * Asks the server.
   *
   * @throws IOException if it cannot be reached or speaks neither version
   */
  PeerDescription describe() throws IOException {
    PeerHandshake handshake = handshake();
    ServerCapabilities version2 = handshake == null ? null : handshake.others().httpV2();
    String apiPath =
        handshake == null || version2 == null
            ? ""
            : url.getRawPath() + handshake.others().apiBase().utf8() + HttpV2Api.NAME + "/";
    CaseTargets targets = new CaseTargets(url.getRawPath(), apiPath, headers);
    Version1Capabilities version1 = version1(targets);
    if (version2 == null && version1 == null) {
      throw new IOException(
          url
              + " does not answer ?cmd=capabilities as a Mercurial server: is this the URL of a"
              + " repository?");
    }
    Set<String> encodings = new TreeSet<>();
    if (version2 != null) {
      for (String name : ContentEncodings.standard().names()) {
        if (sends(name, targets)) {
          encodings.add(name);
        }
      }
    }
    return new PeerDescription(
        url,
        apiPath,
        version2,
        version1,
        encodings,
        isKnown(targets, version1 != null),
        handshake == null || version2 == null
            ? PeerRedirects.NONE
            : new RedirectProbe((command, map) -> response(command, map, targets))
                .describe(handshake.redirect()));
  }

  private @Nullable CommandResponse response(String command, String map, CaseTargets targets)
      throws IOException {
    ServerAnswer answer =
        send(post(command, "1 1 stream-begin command-request new cbor:" + map), targets);
    return answer.isFramed() ? answer.framed().responses().get(1) : null;
  }

  /** Returns the response to a client that upgrades, or null if there is none. */
  private @Nullable PeerHandshake handshake() throws IOException {
    Map<String, String> upgrade = new LinkedHashMap<>();
    upgrade.put(HttpV2Api.UPGRADE_HEADER + "-1", HttpV2Api.NAME);
    upgrade.put(HttpV2Api.PROTO_HEADER + "-1", HttpV2Api.PROTO_CBOR);
    CaseTargets targets = new CaseTargets(url.getRawPath(), "", headers);
    HttpResponse response = send(get("?cmd=capabilities", upgrade), targets).http();
    if (response.status() == 401 || response.status() == 403) {
      throw new IOException(
          url + " answers with status " + response.status() + ": configure a header to log in");
    }
    if (response.status() != 200 || !response.mediaType().equals(HttpV2Api.CBOR_MEDIA_TYPE)) {
      return null;
    }
    try {
      return PeerHandshake.read(
          CborDecoder.decodeOne(response.body().asByteBuffer(), WireLimits.defaults()));
    } catch (WireProtocolException e) {
      throw new IOException("the handshake of " + url + " cannot be read: " + e.getMessage(), e);
    }
  }

  private @Nullable Version1Capabilities version1(CaseTargets targets) throws IOException {
    HttpResponse response = send(get("?cmd=capabilities", Map.of()), targets).http();
    boolean plain =
        response.status() == 200 && response.mediaType().equals(HttpV2Api.V1_MEDIA_TYPE);
    Version1Capabilities capabilities = plain ? Version1Capabilities.parse(response.body()) : null;
    return capabilities;
  }

  /** Asks with a command whose response is long enough to be worth encoding. */
  private boolean sends(String encoding, CaseTargets targets) throws IOException {
    ServerAnswer answer =
        send(
            post(
                "known",
                "1 1 stream-begin sender-protocol-settings eos cbor:{b'contentencodings': [b'"
                    + encoding
                    + "']}",
                "1 1 0 command-request new|more \\xa2Dargs\\xa1Enodes\\x99\\x17\\x70" + NODES,
                "1 1 0 command-request continuation " + NODES + "DnameEknown"),
            targets);
    CommandResponse response = answer.isFramed() ? answer.framed().responses().get(1) : null;
    return response != null
        && response.incomplete() == null
        && encoding.equals(Objects.requireNonNullElse(response.encoding(), "identity"));
  }

  private boolean isKnown(CaseTargets targets, boolean overVersion1) throws IOException {
    if (overVersion1) {
      ByteString body = send(get("?cmd=heads", Map.of()), targets).http().body();
      // A server that shows what it should not has more heads.
      return List.of(body.utf8().strip().split(" ")).containsAll(KNOWN_HEADS);
    }
    CommandResponse response = response("heads", HEADS, targets);
    if (response == null || response.incomplete() != null) {
      return false;
    }
    String hex = response.bytes().hex();
    return KNOWN_HEADS.stream().allMatch(hex::contains);
  }

  private ServerAnswer send(SentRequest request, CaseTargets targets) throws IOException {
    SentRequest resolved = targets.resolve(request);
    try (HttpConnection connection = HttpConnection.open(url, timeout)) {
      return new ServerAnswer(resolved, connection.exchange(resolved), timeout);
    } catch (IOException e) {
      throw new IOException(
          url
              + " does not answer "
              + resolved.method()
              + " "
              + resolved.target()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private static SentRequest get(String target, Map<String, String> headers) {
    return new SentRequest("GET", target, headers, ByteString.empty(), 0);
  }

  private static SentRequest post(String command, String... frames) {
    StringBuilder hex = new StringBuilder();
    for (String frame : frames) {
      hex.append(ByteString.copyOf(FrameNotation.parse(frame).encode()).hex());
    }
    ByteString body = ByteString.fromHex(hex.toString());
    return new SentRequest("POST", "ro/" + command, Map.of(), body, body.length());
  }
}

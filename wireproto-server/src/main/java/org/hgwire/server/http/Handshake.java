// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.Caller;
import org.hgwire.server.repository.Repository;

/**
 * The requests of version 1 of the protocol: the handshake, from which a client learns the way to
 * this version, and a clear word to those that cannot go it.
 */
final class Handshake {
  /**
   * What clients of version 1 are told. {@code lookup} is named so that they ask: without it {@code
   * hg identify} and {@code hg clone -r} stop with "remote repository does not support the 'lookup'
   * capability", and nobody learns what is spoken here.
   */
  private static final String V1_CAPABILITIES = "httpheader=1024 httpmediatype=0.1rx,0.1tx lookup";

  private final ServerOptions options;
  private final Version1 version1;

  Handshake(ServerOptions options) {
    this.options = options;
    this.version1 = new Version1(options);
  }

  /**
   * Answers {@code ?cmd=capabilities}.
   *
   * @throws IOException if the capabilities cannot be found out
   */
  FixedExchange capabilities(RequestHead request, Caller caller, Repository repository)
      throws IOException {
    // wireprotocol, "HTTP Transport": a client that sends X-HgUpgrade-<N> and lists "cbor" in
    // X-HgProto-<N> gets "application/mercurial-cbor"; servers ignore what they do not support.
    List<String> upgrades = words(request.fields().joined(HttpV2Api.UPGRADE_HEADER));
    boolean cbor =
        words(request.fields().joined(HttpV2Api.PROTO_HEADER)).contains(HttpV2Api.PROTO_CBOR);
    ByteString v1Capabilities =
        ByteString.utf8(V1_CAPABILITIES + version1.capabilities(caller, repository));
    if (upgrades.isEmpty() || !cbor) {
      return FixedExchange.bytes(HttpV2Api.V1_MEDIA_TYPE, v1Capabilities);
    }
    CborMap.Builder apis = CborMap.builder();
    if (upgrades.contains(HttpV2Api.NAME)) {
      apis.put(HttpV2Api.NAME, descriptor(caller, repository));
    }
    CborMap answer =
        CborMap.builder()
            .put("apibase", CborBytes.utf8(HttpV2Api.API_BASE))
            .put("apis", apis.build())
            .put("v1capabilities", new CborBytes(v1Capabilities))
            .build();
    return FixedExchange.bytes(HttpV2Api.CBOR_MEDIA_TYPE, CborEncoder.encode(answer));
  }

  /**
   * Answers any other command of version 1.
   *
   * @throws IOException if the answer cannot be found out
   */
  FixedExchange otherCommand(
      RequestHead request, String command, Caller caller, Repository repository)
      throws IOException {
    FixedExchange answer =
        request.method().equals("GET")
            ? version1.answer(request, command, caller, repository)
            : null;
    return answer == null ? refusal() : answer;
  }

  private static FixedExchange refusal() {
    return FixedExchange.text(
        200,
        HttpFields.of("Content-Type", HttpV2Api.ERROR_MEDIA_TYPE),
        "this server speaks only version 2 of Mercurial's wire protocol ("
            + HttpV2Api.NAME
            + "), which Mercurial up to 6.0 speaks when it is called with"
            + " --config experimental.httppeer.advertise-v2=true\n");
  }

  private CborValue descriptor(Caller caller, Repository repository) throws IOException {
    return options.registry().capabilities(caller, repository).toCbor();
  }

  private static List<String> words(String list) {
    return Arrays.stream(list.split(" ")).filter(word -> !word.isEmpty()).toList();
  }
}

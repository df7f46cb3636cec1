// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.util.OptionalLong;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.server.AccessDecision;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.version1.ClientProtocol;
import org.hgwire.server.version1.Version1Response;

/** Makes HTTP responses of the responses of version 1 to one client. */
final class Version1Media implements Version1Response.Visitor<HttpExchange> {
  private final ServerOptions options;
  private final ClientProtocol client;

  Version1Media(ServerOptions options, ClientProtocol client) {
    this.options = options;
    this.client = client;
  }

  @Override
  public HttpExchange visitWhole(Version1Response.Whole whole) {
    return FixedExchange.bytes(HttpV2Api.V1_MEDIA_TYPE, whole.bytes());
  }

  @Override
  public HttpExchange visitStream(Version1Response.Stream stream) {
    StreamCompression compression = StreamCompression.of(options, client);
    HttpFields fields =
        HttpFields.of("Content-Type", compression.mediaType()).with("Cache-Control", "no-store");
    return new StreamedExchange(
        new ResponseHead(200, fields, OptionalLong.empty()),
        stream.bytes(),
        isLong -> compression.choose(isLong && stream.compressible()));
  }

  /** The status is that of success: clients show the text to their user only then. */
  @Override
  public HttpExchange visitRefused(Version1Response.Refused refused) {
    return FixedExchange.text(
        200, HttpFields.of("Content-Type", HttpV2Api.ERROR_MEDIA_TYPE), refused.text() + "\n");
  }

  @Override
  public HttpExchange visitDenied(Version1Response.Denied denied) {
    return denied.decision() instanceof AccessDecision.AuthenticationRequired required
        ? FixedExchange.authenticationRequired(required.challenge())
        : FixedExchange.refused();
  }

  @Override
  public HttpExchange visitMalformed(Version1Response.Malformed malformed) {
    return FixedExchange.text(400, malformed.reason() + "\n");
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hgwire.client.HttpTransport;
import org.hgwire.conformance.suite.mutants.CommandCalls;
import org.hgwire.conformance.suite.mutants.RawFrame;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.frame.FrameType;
import org.jspecify.annotations.Nullable;

/**
 * Follows redirects before our client sees them, with a {@link RedirectCheck} for each thing that
 * can be wrong in them: our client gets the responses as if they had come inline.
 *
 * @param checks what is checked
 */
record PlainRedirect(Set<RedirectCheck> checks) implements ClientFault {
  /** Where the suite's target is, below the repository. */
  private static final String TARGET = "content/";

  /** Returns one with all checks but some. */
  static PlainRedirect without(RedirectCheck... checks) {
    Set<RedirectCheck> others = EnumSet.allOf(RedirectCheck.class);
    others.removeAll(List.of(checks));
    return new PlainRedirect(others);
  }

  /** Returns one that looks neither at sizes nor at hashes, and lacks other checks. */
  static PlainRedirect withoutProof(RedirectCheck... checks) {
    Set<RedirectCheck> others = EnumSet.copyOf(without(checks).checks());
    others.removeAll(Set.of(RedirectCheck.SIZES, RedirectCheck.HASHES));
    return new PlainRedirect(others);
  }

  @Override
  public HttpTransport.Response exchange(HttpTransport.Request request, HttpTransport sound)
      throws IOException {
    ReceivedResponse response = ReceivedResponse.read(sound.send(request));
    if (!response.isFramed()) {
      return response.toResponse();
    }
    URI repository = URI.create(request.url().toString().replaceFirst("api/.*", ""));
    List<RawFrame> frames = new ArrayList<>();
    for (RawFrame next : RawFrame.parse(response.bytes())) {
      CborMap status = redirect(next);
      frames.add(
          status == null
              ? next
              : next.withPayload(
                  SkippedStatus.withOk(content(status.get("location"), repository, sound))));
    }
    return response.withBytes(RawFrame.encode(frames)).toResponse();
  }

  /** Returns the status in a frame that redirects, or null. */
  static @Nullable CborMap redirect(RawFrame frame) {
    CborMap status =
        frame.type() == FrameType.COMMAND_RESPONSE.code()
            ? CommandCalls.read(frame.payload())
            : null;
    return status != null && CborBytes.utf8("redirect").equals(status.get("status"))
        ? status
        : null;
  }

  private ByteString content(@Nullable CborValue value, URI repository, HttpTransport sound)
      throws IOException {
    if (!(value instanceof CborMap location)
        || !(location.get("url") instanceof CborBytes address)) {
      require(RedirectCheck.LOCATIONS, false, "there is no URL");
      return ByteString.empty();
    }
    require(
        RedirectCheck.MEDIA_TYPES,
        CborBytes.utf8(HttpV2Api.CBOR_MEDIA_TYPE).equals(location.get("mediatype")),
        "this media type is unknown");
    require(
        RedirectCheck.CERTIFICATES,
        location.get("serverdercerts") == null,
        "the connection has no certificates");
    PlainContent content = new PlainContent(checks, location);
    URI url = url(address.value().utf8(), repository);
    return content.verified(content.fetch(url, sound));
  }

  private URI url(String text, URI repository) throws IOException {
    require(RedirectCheck.ABSOLUTE_URLS, URI.create(text).isAbsolute(), "the URL is relative");
    URI url = repository.resolve(text);
    require(RedirectCheck.SCHEMES, url.getScheme().startsWith("http"), "this is no URL of HTTP");
    require(
        RedirectCheck.TARGETS,
        url.toString().startsWith(repository + TARGET),
        "the URL belongs to no target");
    return url;
  }

  private void require(RedirectCheck check, boolean condition, String why) throws IOException {
    require(checks, check, condition, why);
  }

  static void require(Set<RedirectCheck> checks, RedirectCheck check, boolean condition, String why)
      throws IOException {
    if (!condition && checks.contains(check)) {
      throw new IOException(why);
    }
  }
}

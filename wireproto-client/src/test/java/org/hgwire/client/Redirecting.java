// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.RedirectCapabilities;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.ContentLocation;
import org.hgwire.core.message.ContentLocation.ContentHash;
import org.hgwire.core.message.RedirectOffer;
import org.hgwire.core.message.SegmentHashes;
import org.hgwire.redirects.HashAlgorithm;
import org.jspecify.annotations.Nullable;

/** Responses, and redirects to them. */
public final class Redirecting {
  private Redirecting() {}

  /** Returns targets, each the host {@code NAME.test} over http. */
  public static RedirectCapabilities targets(String... names) {
    List<RedirectTarget> targets = new ArrayList<>();
    for (String name : names) {
      targets.add(target(name, "http", "http://" + name + ".test/"));
    }
    return new RedirectCapabilities(targets, List.of(ByteString.utf8("sha256")));
  }

  /** Returns a target. */
  public static RedirectTarget target(String name, String protocol, String uri) {
    return new RedirectTarget(
        ByteString.utf8(name),
        ByteString.utf8(protocol),
        List.of(ByteString.utf8(uri)),
        false,
        List.of());
  }

  /** Returns so many objects, each with some bytes. */
  public static CborValue[] objects(int count, int size) {
    CborValue[] objects = new CborValue[count];
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[size];
      Arrays.fill(bytes, (byte) i);
      objects[i] = i % 2 == 0 ? new CborBytes(ByteString.copyOf(bytes)) : CborInteger.of(i);
    }
    return objects;
  }

  /** Returns the body of a redirected response: the objects alone. */
  public static byte[] body(CborValue... objects) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (CborValue object : objects) {
      body.writeBytes(CborEncoder.encode(object).toByteArray());
    }
    return body.toByteArray();
  }

  public static ByteString sha256(byte[] bytes) {
    return ByteString.copyOf(HashAlgorithm.SHA256.newDigest().digest(bytes));
  }

  /** Returns a location with size and hash. */
  public static ContentLocation location(String url, byte[] body) {
    return location(url, body, null);
  }

  /** Returns a location with hashes of segments too. */
  public static ContentLocation segmented(String url, byte[] body, int segment) {
    List<ByteString> hashes = new ArrayList<>();
    for (int at = 0; at < body.length; at += segment) {
      hashes.add(sha256(Arrays.copyOfRange(body, at, Math.min(body.length, at + segment))));
    }
    return location(url, body, new SegmentHashes(ByteString.utf8("sha256"), segment, hashes));
  }

  private static ContentLocation location(
      String url, byte[] body, @Nullable SegmentHashes segments) {
    return new ContentLocation(
        ByteString.utf8(url),
        ByteString.utf8("application/mercurial-cbor"),
        OptionalLong.of(body.length),
        List.of(new ContentHash(ByteString.utf8("sha256"), sha256(body))),
        null,
        List.of(),
        List.of(),
        segments);
  }

  /** Returns the status of an inline response and {@code objects}. */
  public static Iterator<ByteString> inline(CborValue... objects) {
    List<ByteString> pieces = new ArrayList<>();
    pieces.add(CborEncoder.encode(CborMap.builder().put("status", ByteString.utf8("ok")).build()));
    for (CborValue object : objects) {
      pieces.add(CborEncoder.encode(object));
    }
    return pieces.iterator();
  }

  /** Returns a redirect. */
  public static Iterator<ByteString> redirect(ContentLocation location) {
    return List.of(
            CborEncoder.encode(
                CborMap.builder()
                    .put("status", ByteString.utf8("redirect"))
                    .put("location", location.toCbor())
                    .build()))
        .iterator();
  }

  /** Returns the names of the targets that a request offers. */
  public static List<String> offered(CommandRequest request) {
    RedirectOffer offer = request.redirect();
    return offer == null ? List.of() : offer.targets().stream().map(ByteString::utf8).toList();
  }

  /** Returns the values of a response. */
  public static List<CborValue> read(CommandResponse response) throws PeerException {
    List<CborValue> values = new ArrayList<>();
    for (ResponseObject item = response.next(); item != null; item = response.next()) {
      values.add(((ResponseObject.Value) item).value());
    }
    return values;
  }
}

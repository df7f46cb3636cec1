// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hgwire.conformance.exchange.ContentHashes;
import org.hgwire.conformance.scripted.Alteration.Change;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.frame.FrameNotation;
import org.hgwire.core.message.ContentLocation;
import org.hgwire.core.message.ContentLocation.ContentHash;
import org.hgwire.core.message.RedirectOffer;
import org.jspecify.annotations.Nullable;

/** The alterations that redirect, and those of what a redirect says. */
final class RedirectAlterations {
  private static final String REDIRECT = "apis:" + HttpV2Api.NAME + ":redirect";
  private static final List<String> HASHES = List.of("sha256", "sha512", "sha1");

  private RedirectAlterations() {}

  /** Returns the alteration with a name, or null if it is not one of redirects. */
  static @Nullable Change parse(String name, String operands) {
    return switch (name) {
      case "target" -> {
        CborValue other = operands.isEmpty() ? null : literal(operands);
        yield draft -> addTarget(draft, other == null ? draft.content().target() : other);
      }
      case "redirect" -> {
        List<String> hashes = operands.isEmpty() ? List.of("sha256") : words(operands);
        yield draft -> {
          requireOffer(draft.offer(), hashes);
          redirect(draft, hashes);
        };
      }
      case "redirect-unasked" -> draft -> redirect(draft, List.of("sha256"));
      case "resized" -> {
        long difference = Long.parseLong(operands);
        yield draft -> {
          long size = location(draft).size().orElseThrow() + difference;
          put(draft, "size", CborMap.builder().put("size", size).build().require("size"));
        };
      }
      case "seeded" -> draft -> seed(draft, ByteString.utf8(operands));
      case "wrong-hash" -> draft -> changeHash(draft, operands, RedirectAlterations::flipped);
      case "short-hash" ->
          draft -> changeHash(draft, operands, hash -> hash.substring(0, hash.length() / 2));
      case "moved" ->
          draft ->
              put(
                  draft,
                  "url",
                  CborBytes.utf8(
                      location(draft)
                          .url()
                          .utf8()
                          .replace(
                              "/" + ScriptedContent.TARGET + "/",
                              "/" + ScriptedContent.ELSEWHERE + "/")));
      default -> null;
    };
  }

  private static List<String> words(String operands) {
    return Arrays.asList(operands.split(",", -1));
  }

  private static CborValue literal(String text) {
    return CborDecoder.decodeOne(FrameNotation.parsePayload(text), WireLimits.defaults());
  }

  private static void addTarget(ResponseDraft draft, CborValue target) {
    ByteString handshake = draft.objects().get(0);
    List<CborValue> targets = new ArrayList<>();
    if (ObjectAlterations.find(handshake, REDIRECT) instanceof CborMap redirect) {
      targets.addAll(((CborArray) redirect.require("targets")).items());
    }
    targets.add(target);
    CborMap redirect =
        CborMap.builder()
            .put("targets", new CborArray(targets))
            .put("hashes", CborArray.ofByteStrings(HASHES.stream().map(ByteString::utf8).toList()))
            .build();
    draft.objects().set(0, ObjectAlterations.edited(handshake, REDIRECT, redirect));
  }

  private static void requireOffer(@Nullable RedirectOffer offer, List<String> hashes) {
    if (offer == null || !offer.targets().contains(ByteString.utf8(ScriptedContent.TARGET))) {
      throw new IllegalArgumentException("the client does not offer to be redirected");
    }
    for (String hash : hashes) {
      if (!offer.hashes().contains(ByteString.utf8(hash))) {
        throw new IllegalArgumentException("the client does not name the hash " + hash);
      }
    }
  }

  /** Keeps the objects behind the status elsewhere, and says where. */
  private static void redirect(ResponseDraft draft, List<String> hashes) {
    List<ByteString> objects = draft.objects();
    ByteString content = ResponseDraft.join(objects.subList(1, objects.size()));
    CborMap.Builder location =
        CborMap.builder()
            .put("url", draft.content().put(draft.command(), content))
            .put("mediatype", ByteString.utf8(HttpV2Api.CBOR_MEDIA_TYPE))
            .put("size", content.length());
    List<CborValue> pairs = new ArrayList<>();
    for (String hash : hashes) {
      pairs.add(pair(ByteString.utf8(hash), digest(hash, ByteString.empty(), content)));
    }
    location.put("fullhashes", new CborArray(pairs));
    CborMap status =
        CborMap.builder()
            .put("status", ByteString.utf8("redirect"))
            .put("location", location.build())
            .build();
    objects.clear();
    objects.add(CborEncoder.encode(status));
  }

  private static CborArray pair(ByteString name, ByteString value) {
    return CborArray.of(new CborBytes(name), new CborBytes(value));
  }

  private static ByteString digest(String name, ByteString seed, ByteString content) {
    ByteString digest = ContentHashes.hash(name, seed, content);
    if (digest == null) {
      throw new IllegalArgumentException("there is no hash " + name);
    }
    return digest;
  }

  private static ContentLocation location(ResponseDraft draft) {
    CborMap status = (CborMap) decoded(draft.objects().get(0));
    return ContentLocation.read(status.require("location"));
  }

  private static CborValue decoded(ByteString object) {
    return CborDecoder.decodeOne(object.asByteBuffer(), WireLimits.defaults());
  }

  private static void put(ResponseDraft draft, String key, CborValue value) {
    ByteString status = draft.objects().get(0);
    draft.objects().set(0, ObjectAlterations.edited(status, "location:" + key, value));
  }

  /** Gives the hashes a seed. */
  private static void seed(ResponseDraft draft, ByteString seed) {
    ContentLocation location = location(draft);
    ByteString content = draft.content().at(location.url());
    List<CborValue> pairs = new ArrayList<>();
    for (ContentHash hash : location.fullHashes()) {
      pairs.add(pair(hash.name(), digest(hash.name().utf8(), seed, content)));
    }
    put(draft, "fullhashes", new CborArray(pairs));
    put(draft, "fullhashseed", new CborBytes(seed));
  }

  /** Changes the hash with a name. */
  private static void changeHash(
      ResponseDraft draft, String name, UnaryOperator<ByteString> change) {
    List<CborValue> pairs = new ArrayList<>();
    for (ContentHash hash : location(draft).fullHashes()) {
      boolean changes = hash.name().equals(ByteString.utf8(name));
      pairs.add(pair(hash.name(), changes ? change.apply(hash.value()) : hash.value()));
    }
    put(draft, "fullhashes", new CborArray(pairs));
  }

  private static ByteString flipped(ByteString hash) {
    byte[] value = hash.toByteArray();
    value[value.length - 1] ^= 1;
    return ByteString.copyOf(value);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.sessions.JqwikSession;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.encoding.ContentEncoder;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.version1.ArgumentForm;
import org.hgwire.testing.BundleArbitraries;
import org.hgwire.testing.CborArbitraries;
import org.hgwire.testing.CertificateArbitraries;
import org.hgwire.testing.CloneBundleArbitraries;
import org.hgwire.testing.FrameArbitraries;
import org.hgwire.testing.FrameBytes;
import org.hgwire.testing.LocationArbitraries;
import org.hgwire.testing.RequestArbitraries;
import org.hgwire.testing.ResponseArbitraries;
import org.hgwire.testing.SampleBundle;
import org.hgwire.testing.Version1Arbitraries;

/**
 * Writes the corpora that the targets begin with: what the generators make, and what the
 * transcripts of real exchanges hold ({@link TranscriptSeeds}).
 */
public final class SeedCorpora {
  private static final int SAMPLES = 100;
  private static final int CLIENT_REQUESTS = 3;

  private SeedCorpora() {}

  /**
   * Writes a folder of seeds for each target.
   *
   * @param args the folder to write to, and folders with transcripts
   */
  public static void main(String[] args) throws IOException {
    Path corpora = Path.of(args[0]);
    JqwikSession.run(
        () ->
            generators()
                .forEach(
                    (target, seeds) ->
                        write(
                            corpora.resolve(target),
                            "generated",
                            seeds.sampleStream().limit(SAMPLES).toList())));
    for (int i = 1; i < args.length; i++) {
      Map<String, List<ByteString>> recorded = TranscriptSeeds.of(Path.of(args[i]));
      String name = "recorded" + i;
      recorded.forEach((target, seeds) -> write(corpora.resolve(target), name, seeds));
    }
  }

  private static void write(Path folder, String name, List<ByteString> seeds) {
    try {
      Files.createDirectories(folder);
      for (int i = 0; i < seeds.size(); i++) {
        Files.write(folder.resolve(name + "-" + i), seeds.get(i).toByteArray());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the generator of seeds for each target, by the name of its class. */
  static Map<String, Arbitrary<ByteString>> generators() {
    Map<String, Arbitrary<ByteString>> seeds = new LinkedHashMap<>();
    seeds.put(
        "FrameDecoderFuzzer",
        bytes(
            Arbitraries.oneOf(FrameArbitraries.sequences(), FrameArbitraries.hostileSequences())));
    seeds.put(
        "CborDecoderFuzzer",
        Arbitraries.oneOf(CborArbitraries.sequences(), CborArbitraries.nearlySoundSequences()));
    seeds.put(
        "ServerReactorFuzzer",
        bytes(
            Arbitraries.oneOf(
                RequestArbitraries.sequences(), RequestArbitraries.nearlySoundSequences())));
    seeds.put(
        "ClientReactorFuzzer",
        bytes(
            Arbitraries.oneOf(
                ResponseArbitraries.sequences(CLIENT_REQUESTS),
                ResponseArbitraries.nearlySoundSequences(CLIENT_REQUESTS))));
    seeds.put(
        "ContentEncodingFuzzer",
        Combinators.combine(Arbitraries.of(0, 1, 2), CborArbitraries.sequences())
            .as(SeedCorpora::encoded));
    seeds.put(
        "ContentLocationFuzzer",
        Arbitraries.oneOf(
            LocationArbitraries.locations().map(each -> CborEncoder.encode(each.toCbor())),
            LocationArbitraries.nearlySoundLocations().map(CborEncoder::encode),
            CertificateArbitraries.certificates()));
    seeds.put(
        "CloneBundleManifestFuzzer",
        Arbitraries.oneOf(
            CloneBundleArbitraries.manifests(), CloneBundleArbitraries.nearlySoundManifests()));
    seeds.put(
        "BundlespecFuzzer",
        Arbitraries.oneOf(
                CloneBundleArbitraries.bundlespecs(),
                CloneBundleArbitraries.nearlySoundBundlespecs())
            .map(ByteString::utf8));
    seeds.put("BundleFuzzer", BundleArbitraries.bundles().map(SampleBundle::bytes));
    seeds.put(
        "ChangegroupFuzzer",
        Arbitraries.of(0, 1, 2)
            .flatMap(
                index ->
                    BundleArbitraries.changegroups(ChangegroupFuzzer.VERSIONS.get(index))
                        .map(bytes -> after(index, bytes))));
    seeds.put("RevlogFuzzer", RevlogSeeds.revlogs());
    seeds.put("Version1ArgumentsFuzzer", Version1Arbitraries.forms().map(SeedCorpora::arguments));
    seeds.put("HttpEndpointFuzzer", requests());
    return seeds;
  }

  private static Arbitrary<ByteString> bytes(Arbitrary<FrameBytes> frames) {
    return frames.map(FrameBytes::bytes);
  }

  private static ByteString after(int first, ByteString rest) {
    byte[] bytes = new byte[1 + rest.length()];
    bytes[0] = (byte) first;
    System.arraycopy(rest.toByteArray(), 0, bytes, 1, rest.length());
    return ByteString.copyOf(bytes);
  }

  private static ByteString encoded(int index, ByteString content) {
    ContentEncoding encoding = ContentEncodings.standard().preferred().get(index);
    ByteBuffer output = ByteBuffer.allocate(2 * content.length() + 100);
    try (ContentEncoder encoder = encoding.newEncoder()) {
      encoder.encode(content.asByteBuffer(), output);
      encoder.flush(output);
    }
    return after(index, ByteString.copyOf(output.flip()));
  }

  /** As the target reads it: a byte, then the arguments, which are in the query here. */
  private static ByteString arguments(ArgumentForm form) {
    ByteString body = form.body();
    return body == null
        ? after(form.query().length() % 16, ByteString.utf8(query(form)))
        : after(16, body);
  }

  private static String query(ArgumentForm form) {
    int and = form.query().indexOf('&');
    return and < 0 ? String.join("", form.headers().values()) : form.query().substring(and + 1);
  }

  private static Arbitrary<ByteString> requests() {
    Arbitrary<ByteString> version1 =
        Version1Arbitraries.forms()
            .map(
                form -> {
                  StringBuilder head = new StringBuilder("GET /?" + form.query() + "\n");
                  form.headers().forEach((name, value) -> head.append(name + ": " + value + "\n"));
                  return ByteString.utf8(head.append('\n').toString());
                });
    String frames =
        """
        POST /api/exp-http-v2-0003/ro/multirequest
        Accept: application/mercurial-exp-framing-0006
        Content-Type: application/mercurial-exp-framing-0006

        """;
    Arbitrary<ByteString> version2 =
        RequestArbitraries.sequences()
            .map(
                sent -> {
                  ByteBuffer all = ByteBuffer.allocate(frames.length() + sent.bytes().length());
                  ByteString.utf8(frames).putTo(all);
                  sent.bytes().putTo(all);
                  return ByteString.copyOf(all.flip());
                });
    return Arbitraries.oneOf(version1, version2);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.fail;
import static org.hgwire.core.bundle.Bundles.LIMITS;

import java.util.Arrays;
import java.util.List;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.command.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles that Mercurial wrote: whole, in pieces, truncated and damaged. */
class RealBundlesTest {
  private static final WireLimits SMALL = LIMITS.with(WireLimit.WHOLE_BUNDLE_DELTA, 64);

  private static History history(byte[] bundle, int pieces, WireLimits limits) {
    History history = new History();
    Bundles.decode(bundle, pieces, limits, history);
    history.confirm();
    return history;
  }

  @ParameterizedTest
  @CsvSource({
    "none-v1, -1",
    "gzip-v1, -1",
    "bzip2-v1, -1",
    "none-v2, 13",
    "gzip-v2, 13",
    "bzip2-v2, 13",
    "zstd-v2, 13",
    "bzip2-03, 13"
  })
  void everyFormatGivesTheSameHistory(String name, int announced) {
    History expected = history(Bundles.read("none-v1.hg"), 1 << 20, LIMITS);
    assertThat(expected.texts.get("CHANGESETS ")).hasSize(13);
    assertThat(expected.texts.get("MANIFESTS ")).hasSize(13);
    assertThat(expected.texts.get("FILES numbers.txt")).hasSize(6);
    assertThat(expected.texts).hasSize(12);
    for (WireLimits limits : List.of(LIMITS, SMALL)) {
      History history = history(Bundles.read(name + ".hg"), 1000, limits);
      assertThat(history.texts).isEqualTo(expected.texts);
      assertThat(history.revisions).isEqualTo(expected.revisions);
      assertThat(history.announced).isEqualTo(announced);
    }
  }

  @Test
  void treeManifestsHaveASegment() {
    History history = history(Bundles.read("bzip2-03-trees.hg"), 1000, LIMITS);
    assertThat(history.texts.keySet())
        .contains("TREE_MANIFESTS src/", "TREE_MANIFESTS src/deep/", "TREE_MANIFESTS docs/");
    assertThat(history.texts.get("TREE_MANIFESTS src/deep/")).hasSize(9);
    assertThat(history.texts.get("CHANGESETS ")).hasSize(13);
  }

  @Test
  void incrementalBundleNeedsTheBasesOfItsReader() {
    History history = history(Bundles.read("none-v2.hg"), 1000, LIMITS);
    int revisions = history.revisions;
    var texts = history.texts.toString();
    Bundles.decode(Bundles.read("incremental-v2.hg"), 1000, LIMITS, history);
    assertThat(history.revisions).isGreaterThan(revisions);
    assertThat(history.texts).hasToString(texts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none-v1",
        "gzip-v1",
        "bzip2-v1",
        "none-v2",
        "gzip-v2",
        "zstd-v2",
        "bzip2-03",
        "bzip2-03-trees"
      })
  void anyChunkingGivesIdenticalEvents(String name) {
    byte[] bundle = Bundles.read(name + ".hg");
    for (WireLimits limits : List.of(LIMITS, SMALL, SMALL.with(WireLimit.MAX_DECODED_SLICE, 13))) {
      List<Object> whole = Bundles.outcome(bundle, bundle.length, limits);
      assertThat(whole.get(whole.size() - 1)).isNotInstanceOf(String.class);
      for (int length : new int[] {1, 2, 3, 7, 100, 1000}) {
        assertThat(Bundles.outcome(bundle, length, limits)).isEqualTo(whole);
      }
    }
  }

  private static byte[] plain(String name) {
    return name.startsWith("bzip2")
        ? Bundles.uncompressed(name + ".hg")
        : Bundles.read(name + ".hg");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none-v1",
        "gzip-v1",
        "none-v2",
        "gzip-v2",
        "zstd-v2",
        "bzip2-03",
        "bzip2-03-trees"
      })
  void truncationIsDetectedAtAnyOffset(String name) {
    byte[] bundle = plain(name);
    for (int end = 0; end < bundle.length; end++) {
      byte[] cut = Arrays.copyOf(bundle, end);
      try {
        Bundles.decode(cut, 4096, LIMITS, event -> {});
        fail("cut at " + end + " is accepted");
      } catch (WireProtocolException fault) {
        assertThat(fault.code()).as("cut at %d", end).isEqualTo(WireErrorCode.TRUNCATED);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none-v1",
        "gzip-v1",
        "none-v2",
        "gzip-v2",
        "zstd-v2",
        "bzip2-03",
        "bzip2-03-trees"
      })
  void damagedByteIsDetectedOrHarmless(String name) {
    byte[] bundle = plain(name);
    History sound = history(bundle, 4096, LIMITS);
    int harmless = 0;
    int found = 0;
    for (int at = 0; at < bundle.length; at++) {
      for (int mask : new int[] {0xff, 0x01, 0x80}) {
        byte[] damaged = bundle.clone();
        damaged[at] ^= (byte) mask;
        try {
          History history = history(damaged, 4096, LIMITS);
          assertThat(history.texts).as("byte %d ^ %02x", at, mask).isEqualTo(sound.texts);
          harmless++;
        } catch (WireProtocolException | History.Mismatch expected) {
          found++;
        }
      }
    }
    // Ids of parts, declared numbers and payloads that are not history: at most 900 bytes.
    assertThat(harmless).isLessThan(3 * 900);
    assertThat(harmless + found).isEqualTo(3 * bundle.length);
    if (name.equals("none-v1")) {
      assertThat(harmless).isZero();
    }
  }

  @Test
  void refusesBytesAfterTheEnd() {
    for (String name : List.of("none-v1", "none-v2", "gzip-v1", "zstd-v2")) {
      byte[] bundle = Bundles.read(name + ".hg");
      List<Object> outcome = Bundles.outcome(Arrays.copyOf(bundle, bundle.length + 1));
      assertThat(outcome.get(outcome.size() - 1).toString()).contains("continues");
      assertThat(outcome).contains(new BundleEvent.BundleEnded());
    }
  }

  @Test
  void bzip2IsRefusedUnlessDetached() {
    for (String name : List.of("bzip2-v1", "bzip2-v2")) {
      try (BundleDecoder decoder = new BundleDecoder(LIMITS)) {
        decoder.feed(java.nio.ByteBuffer.wrap(Bundles.read(name + ".hg")));
        assertThat(decoder.poll()).isInstanceOf(BundleEvent.HeaderRead.class);
        assertThatCode(decoder::poll)
            .isInstanceOfSatisfying(
                WireProtocolException.class,
                e -> assertThat(e.code()).isEqualTo(WireErrorCode.ENCODING_UNKNOWN));
      }
    }
  }

  @Test
  void baseIn01IsThePreviousRevisionOrFirstParent() {
    List<Object> outcome = Bundles.outcome(Bundles.read("none-v1.hg"));
    Node previous = null;
    for (Object event : outcome) {
      if (event instanceof ChangegroupEvent.DeltaGroupStarted) {
        previous = null;
      } else if (event instanceof ChangegroupEvent.RevisionRead read) {
        assertThat(read.header().base())
            .isEqualTo(previous == null ? read.header().parents().first() : previous);
        previous = read.header().node();
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.bundle.BundleDecoder;
import org.hgwire.core.bundle.BundleEvent;
import org.hgwire.core.bundle.Changegroup;
import org.hgwire.core.bundle.ChangegroupDecoder;
import org.hgwire.core.bundle.ChangegroupEvent;
import org.hgwire.core.bundle.ChangegroupVersion;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.Delta;
import org.hgwire.core.revision.NodeHasher;

/** What {@link BundleArbitraries} makes, read by the decoder of bundles. */
class BundleInputTest {
  private static final WireLimits LIMITS = WireLimits.defaults();

  @Provide
  Arbitrary<SampleBundle> sound() {
    return BundleArbitraries.bundles();
  }

  @Provide
  Arbitrary<SampleBundle> nearlySound() {
    return BundleArbitraries.nearlySoundBundles();
  }

  @Provide
  Arbitrary<SampleBundle> hostile() {
    return BundleArbitraries.hostileBundles();
  }

  @Provide
  Arbitrary<ByteString> changegroups() {
    return BundleArbitraries.changegroups(ChangegroupVersion.V02);
  }

  private static List<BundleEvent> decode(ByteString bytes) {
    List<BundleEvent> events = new ArrayList<>();
    try (BundleDecoder decoder = new BundleDecoder(LIMITS)) {
      decoder.feed(bytes.asByteBuffer());
      for (BundleEvent event = decoder.poll(); event != null; event = decoder.poll()) {
        events.add(copy(event));
      }
      decoder.endOfInput();
    }
    return events;
  }

  private static BundleEvent copy(BundleEvent event) {
    return event instanceof ChangegroupEvent.RevisionRead read
        ? new ChangegroupEvent.RevisionRead(
            read.header(), ByteString.copyOf(read.delta()).asByteBuffer())
        : event;
  }

  /** Applies the deltas of each group and hashes the texts; returns the number of changesets. */
  private static int confirm(List<BundleEvent> events) {
    int group = 0;
    int changesets = 0;
    Map<Node, ByteString> texts = new HashMap<>();
    for (BundleEvent event : events) {
      if (event instanceof ChangegroupEvent.DeltaGroupStarted) {
        group++;
        texts.clear();
      } else if (event instanceof ChangegroupEvent.RevisionRead read) {
        ByteString base = texts.getOrDefault(read.header().base(), ByteString.empty());
        ByteBuffer text = Delta.apply(base.asByteBuffer(), read.delta(), 1 << 20);
        ByteString applied = ByteString.copyOf(text);
        assertThat(NodeHasher.hash(read.header().parents(), applied))
            .isEqualTo(read.header().node());
        texts.put(read.header().node(), applied);
        changesets += group == 1 ? 1 : 0;
      }
    }
    return changesets;
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void soundBundlesHaveTheNodesOfTheirTexts(@ForAll("sound") SampleBundle bundle) {
    assertThat(confirm(decode(bundle.bytes()))).isEqualTo(bundle.changesets());
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void changegroupsAreDecodedAlone(@ForAll("changegroups") ByteString bytes) {
    ChangegroupDecoder decoder =
        new ChangegroupDecoder(Changegroup.of(ChangegroupVersion.V02), LIMITS);
    decoder.feed(bytes.asByteBuffer());
    List<Object> events = new ArrayList<>();
    for (BundleEvent event = decoder.poll(); event != null; event = decoder.poll()) {
      events.add(event);
    }
    decoder.endOfInput();
    assertThat(events).isNotEmpty();
  }

  private static void collectFailures(SampleBundle bundle, int atLeast) {
    boolean fails = false;
    try {
      decode(bundle.bytes());
    } catch (WireProtocolException e) {
      fails = true;
    }
    Statistics.label("fails")
        .collect(fails)
        .coverage(c -> c.check(true).percentage(share -> share > atLeast));
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void nearlySoundBundlesFailOften(@ForAll("nearlySound") SampleBundle bundle) {
    collectFailures(bundle, 10);
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void hostileBundlesFailMostly(@ForAll("hostile") SampleBundle bundle) {
    collectFailures(bundle, 60);
  }
}

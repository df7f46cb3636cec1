// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.bundle.ChangegroupVersion;

/**
 * Bundles HG10 and HG20 with a changegroup: changesets in a row, with manifests and files, whose
 * nodes are the hashes of their texts and whose deltas apply.
 */
public final class BundleArbitraries {
  private BundleArbitraries() {}

  /** Sound bundles, of every format, compression and version of changegroups that is written. */
  public static Arbitrary<SampleBundle> bundles() {
    return Combinators.combine(formats(), histories(), parts()).as(BundleScript::write);
  }

  /** Sound HG20 bundles without compression, in which damage reaches the changegroup. */
  public static Arbitrary<SampleBundle> plainBundles() {
    Arbitrary<BundleScript.Format> plain =
        Arbitraries.of(ChangegroupVersion.values())
            .map(version -> new BundleScript.Format(true, BundleCompression.NONE, version));
    return Combinators.combine(plain, histories(), parts()).as(BundleScript::write);
  }

  /**
   * Sound changegroups without the frame of a bundle, as version 1 sends them to old clients.
   *
   * @param version the format
   */
  public static Arbitrary<ByteString> changegroups(ChangegroupVersion version) {
    return histories().map(history -> BundleScript.changegroup(version, history));
  }

  /** Nearly sound: one byte that is changed, in a bundle that is not compressed. */
  public static Arbitrary<SampleBundle> nearlySoundBundles() {
    Arbitrary<Damage> oneByte =
        Combinators.combine(
                Arbitraries.integers().greaterOrEqual(0), Arbitraries.integers().between(1, 255))
            .as((place, value) -> new Damage.Change(Damage.Kind.INVERT, place, value))
            .map(change -> new Damage(List.of(change)));
    return Combinators.combine(plainBundles(), oneByte).as(SampleBundle::with);
  }

  /** Hostile: bundles that are damaged anywhere, or cut, and noise after the beginning of one. */
  public static Arbitrary<SampleBundle> hostileBundles() {
    Arbitrary<SampleBundle> begun =
        Combinators.combine(
                Arbitraries.of(
                    "HG10UN", "HG10GZ", "HG10BZ", "HG20\0\0\0\0", "HG20\0\0\0\u000eCompression=GZ"),
                DamageArbitraries.noise(60))
            .as(
                (beginning, rest) ->
                    new SampleBundle(
                        "noise",
                        0,
                        CborArbitraries.concatenate(List.of(ByteString.utf8(beginning), rest))));
    return Arbitraries.oneOf(
        Combinators.combine(
                Arbitraries.oneOf(bundles(), plainBundles()), DamageArbitraries.damages())
            .as(SampleBundle::with),
        begun);
  }

  private static Arbitrary<BundleScript.Format> formats() {
    Arbitrary<BundleScript.Format> old =
        Arbitraries.of(BundleCompression.NONE, BundleCompression.ZLIB)
            .map(each -> new BundleScript.Format(false, each, ChangegroupVersion.V01));
    Arbitrary<BundleScript.Format> parts =
        Combinators.combine(
                Arbitraries.of(
                    BundleCompression.NONE, BundleCompression.ZLIB, BundleCompression.ZSTD),
                Arbitraries.of(ChangegroupVersion.values()))
            .as((compression, version) -> new BundleScript.Format(true, compression, version));
    return Arbitraries.oneOf(old, parts);
  }

  /** Zero to three changesets, each with the content of some of three files. */
  private static Arbitrary<List<Map<String, ByteString>>> histories() {
    Arbitrary<ByteString> contents =
        Arbitraries.strings().withChars("ab \n").ofMaxLength(30).map(ByteString::utf8);
    return Arbitraries.maps(Arbitraries.of("a", "dir/b", "dir/é"), contents)
        .ofMaxSize(3)
        .list()
        .ofMaxSize(3);
  }

  /** Parts besides the changegroup that a reader may ignore, by name. */
  private static Arbitrary<Map<String, ByteString>> parts() {
    return Arbitraries.maps(Arbitraries.of("x-test:one", "x-test:two"), DamageArbitraries.noise(40))
        .ofMaxSize(2);
  }
}

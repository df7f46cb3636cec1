// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.hgwire.core.ByteString;

/** Damage, to bytes of any format. */
public final class DamageArbitraries {
  private DamageArbitraries() {}

  /** Damage of one to four changes, anywhere. */
  public static Arbitrary<Damage> damages() {
    Arbitrary<Integer> places =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 20), Arbitraries.integers().greaterOrEqual(0));
    Arbitrary<Integer> values =
        Arbitraries.oneOf(
            Arbitraries.of(0, 1, 0x7f, 0x80, 0xff), Arbitraries.integers().between(0, 255));
    return Combinators.combine(Arbitraries.of(Damage.Kind.values()), places, values)
        .as(Damage.Change::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(Damage::new);
  }

  /** What {@code sound} makes, damaged. */
  public static Arbitrary<ByteString> damaged(Arbitrary<ByteString> sound) {
    return Combinators.combine(sound, damages()).as((bytes, damage) -> damage.applyTo(bytes));
  }

  /** Any bytes, up to {@code max} of them. */
  public static Arbitrary<ByteString> noise(int max) {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(max).map(ByteString::copyOf);
  }
}

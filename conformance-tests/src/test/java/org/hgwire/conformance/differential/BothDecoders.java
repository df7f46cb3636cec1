// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;
import org.hgwire.conformance.differential.CborComparison.Decoded;
import org.hgwire.conformance.differential.FrameOutcome.Kind;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.testing.CborArbitraries;
import org.hgwire.testing.DamageArbitraries;

/** Our decoder, and that of hg's server. */
final class BothDecoders implements Peers<CborInput, CborComparison> {
  private static final Decoded REFUSED = new Decoded(false, "");

  private final URI theirs;

  BothDecoders(URI theirs) {
    this.theirs = theirs;
  }

  @Override
  public Arbitrary<CborInput> inputs() {
    Arbitrary<ByteString> one =
        Arbitraries.oneOf(
            CborArbitraries.values().map(CborEncoder::encode),
            CborArbitraries.scalars().map(CborEncoder::encode),
            CborArbitraries.looseEncodings());
    return Arbitraries.frequencyOf(
            Tuple.of(4, one),
            Tuple.of(4, DamageArbitraries.damaged(one)),
            Tuple.of(1, CborArbitraries.nearlySoundSequences()),
            Tuple.of(1, CborArbitraries.hostileSequences()),
            Tuple.of(1, DamageArbitraries.noise(6)))
        .map(CborInput::new);
  }

  @Override
  public CborComparison compare(CborInput input) throws IOException {
    Decoded hg = theirs(input);
    try {
      CborDecoder.decodeOne(input.payload().asByteBuffer(), WireLimits.defaults());
      return new CborComparison(input, hg, new Decoded(true, node(input)), null);
    } catch (WireProtocolException e) {
      WireErrorCode code = e.code();
      return new CborComparison(input, hg, REFUSED, code);
    }
  }

  private static String node(CborInput input) {
    CborValue value = input.value();
    return value == null || !input.isScalar()
        ? ""
        : FrameOutcome.sorted(CborMap.builder().put("node", value).build());
  }

  private Decoded theirs(CborInput input) throws IOException {
    FrameOutcome outcome = BothFrameServers.outcome(theirs, input.request().request());
    if (outcome.kind() == Kind.CRASHED) {
      return REFUSED;
    }
    if (outcome.kind() != Kind.FRAMES || outcome.isError()) {
      throw new AssertionError("hg should accept or refuse " + input + ": " + outcome);
    }
    List<String> objects = outcome.of(1).objects();
    return new Decoded(
        true, objects.stream().filter(each -> !each.contains(TOTAL)).findFirst().orElse(""));
  }

  /** The first object of every response: {@code totalitems}. */
  private static final String TOTAL = "h'746f74616c6974656d73'";

  @Override
  public List<CborInput> smaller(CborInput input) {
    return input.smaller();
  }
}

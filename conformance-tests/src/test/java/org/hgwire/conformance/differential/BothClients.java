// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.hgwire.conformance.mercurial.DebugWireProtocol;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.scripted.Alteration;
import org.hgwire.conformance.scripted.AlterationNotation;
import org.hgwire.conformance.scripted.ScriptedRepository;
import org.hgwire.conformance.scripted.ScriptedServer;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEvent;
import org.hgwire.core.cbor.CborEvent.BytesStarted;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.DiagnosticNotation;
import org.hgwire.testing.CborArbitraries;
import org.hgwire.testing.LooseEncoding;

/** The decoder of hg's client, which prints the objects of a response of ours, and our decoder. */
final class BothClients implements Peers<List<ByteString>, ValuesComparison> {
  private static final int VALUES = 1000;
  private static final int TRIES = 10_000;

  private final Hg hg;
  private final Path directory;
  private final ScriptedServer server;

  BothClients(Hg hg, Path directory, ScriptedServer server) {
    this.hg = hg;
    this.directory = directory;
    this.server = server;
  }

  @Override
  public Arbitrary<List<ByteString>> inputs() {
    Arbitrary<ByteString> loose =
        Combinators.combine(
                CborArbitraries.values().filter(TRIES, BothClients::isPrintable),
                Arbitraries.longs())
            .as((value, seed) -> LooseEncoding.of(value, new Random(seed)));
    return Arbitraries.frequencyOf(
            Tuple.of(9, loose), Tuple.of(1, CborArbitraries.indefiniteByteStrings()))
        .list()
        .ofSize(VALUES);
  }

  /** Returns whether hg can print it: it sorts keys and members, and so compares them. */
  private static boolean isPrintable(CborValue value) {
    if (value instanceof CborMap map) {
      return isSortable(map.entries().stream().map(entry -> entry.getKey()).toList())
          && map.entries().stream().allMatch(entry -> isPrintable(entry.getValue()));
    }
    if (value instanceof CborArray array) {
      return array.items().stream().allMatch(BothClients::isPrintable);
    }
    return !(value instanceof CborSet set) || isSortable(set.members());
  }

  private static boolean isSortable(List<CborValue> values) {
    return values.stream().map(Object::getClass).distinct().count() <= 1;
  }

  @Override
  public ValuesComparison compare(List<ByteString> input) {
    List<Alteration> alterations = new ArrayList<>();
    for (ByteString encoded : input) {
      alterations.add(AlterationNotation.parse("changesetdata insert -1 " + escaped(encoded)));
    }
    Hg.Result result =
        DebugWireProtocol.call(
            hg,
            directory,
            server.serve("values", new ScriptedRepository(alterations)),
            DebugWireProtocol.v2("identity"),
            "changesetdata",
            "revisions eval:[{b'type': b'changesetexplicit', b'nodes': []}]");
    return new ValuesComparison(input, PrintedValues.of(result), ours(input));
  }

  private static String escaped(ByteString bytes) {
    return bytes.hex().replaceAll("(..)", "\\\\x$1");
  }

  /** Returns what we decode: each chunk of a string of indefinite length, and an empty end. */
  private static List<String> ours(List<ByteString> encoded) {
    List<String> values = new ArrayList<>();
    for (ByteString each : encoded) {
      CborDecoder decoder = new CborDecoder(WireLimits.defaults());
      decoder.feed(each.asByteBuffer());
      for (CborEvent event = decoder.poll(); event != null; event = decoder.poll()) {
        if (event instanceof CborEvent.ValueRead read) {
          values.add(FrameOutcome.sorted(read.value()));
        } else if (event instanceof CborEvent.BytesRead read) {
          values.add(DiagnosticNotation.print(new CborBytes(ByteString.copyOf(read.data()))));
        } else if (!(event instanceof BytesStarted)) {
          values.add(DiagnosticNotation.print(new CborBytes(ByteString.empty())));
        }
      }
      decoder.endOfInput();
    }
    return values;
  }

  @Override
  public List<List<ByteString>> smaller(List<ByteString> input) {
    return Removal.of(input);
  }
}

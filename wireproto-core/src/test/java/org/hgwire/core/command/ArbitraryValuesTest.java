// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborNull;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;

/** Reading any value gives a record or a typed fault, and nothing else. */
class ArbitraryValuesTest {
  private static final List<Function<CborMap, ?>> REQUESTS =
      List.of(
          BranchmapRequest::read,
          ChangesetdataRequest::read,
          FiledataRequest::read,
          FilesdataRequest::read,
          HeadsRequest::read,
          KnownRequest::read,
          LookupRequest::read,
          ManifestdataRequest::read,
          PushkeyRequest::read,
          RawstorefiledataRequest::read,
          RevisionSpecifier::read,
          PathFilter::read);

  private static final List<Function<CborValue, ?>> RESPONSES =
      List.of(
          ArgumentDescriptor::read,
          BranchmapResponse::read,
          ChangesetRecord::read,
          CommandDescriptor::read,
          DataHeader::read,
          FilesdataHeader::read,
          Handshake::read,
          HeadsResponse::read,
          KnownResponse::read,
          ListkeysResponse::read,
          LookupResponse::read,
          ClonebundlesResponse::read,
          PathHeader::read,
          PushkeyResponse::read,
          RawStoreFile::read,
          RawstorefiledataHeader::read,
          RedirectCapabilities::read,
          RedirectTarget::read,
          RevisionRecord::read,
          ServerCapabilities::read);

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void requestsAreReadOrAreBadRequests(@ForAll("maps") CborMap map) {
    REQUESTS.forEach(reader -> attempt(() -> reader.apply(map), WireErrorCode.BAD_REQUEST));
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void responsesAreReadOrAreBadResponses(@ForAll("values") CborValue value) {
    RESPONSES.forEach(reader -> attempt(() -> reader.apply(value), WireErrorCode.BAD_RESPONSE));
  }

  private static void attempt(Callable<?> read, WireErrorCode code) {
    try {
      read.call();
    } catch (WireProtocolException e) {
      assertThat(e.code()).isEqualTo(code);
      assertThat(e.getMessage()).doesNotContainPattern("\\p{Cntrl}");
    } catch (Exception e) {
      throw new AssertionError("neither a value nor a typed error", e);
    }
  }

  @Provide
  Arbitrary<CborValue> values() {
    return values(3);
  }

  @Provide
  Arbitrary<CborMap> maps() {
    return maps(2);
  }

  private Arbitrary<CborValue> values(int depth) {
    if (depth == 0) {
      return scalars();
    }
    return Arbitraries.oneOf(
        scalars(),
        values(depth - 1).list().ofMaxSize(3).map(CborArray::new),
        scalars().set().ofMaxSize(3).map(members -> CborSet.of(List.copyOf(members))),
        maps(depth - 1).map(map -> map));
  }

  private Arbitrary<CborMap> maps(int depth) {
    return Arbitraries.maps(keys(), values(depth))
        .ofMaxSize(6)
        .map(
            entries -> {
              CborMap.Builder map = CborMap.builder();
              entries.forEach(map::put);
              return map.build();
            });
  }

  private Arbitrary<CborValue> keys() {
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(1, scalars()),
        net.jqwik.api.Tuple.of(
            20,
            Arbitraries.of(
                    "node",
                    "nodes",
                    "parents",
                    "phase",
                    "fieldsfollowing",
                    "totalitems",
                    "path",
                    "type",
                    "roots",
                    "heads",
                    "depth",
                    "include",
                    "exclude",
                    "revisions",
                    "fields",
                    "args",
                    "commands",
                    "framingmediatypes",
                    "targets",
                    "hashes",
                    "name",
                    "uris",
                    "apis",
                    "apibase",
                    "deltabasenode",
                    "validvalues",
                    "default",
                    "required")
                .map(CborBytes::utf8)));
  }

  private Arbitrary<CborValue> scalars() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            CborNull.NULL,
            CborBoolean.TRUE,
            CborBytes.utf8("changesetexplicit"),
            CborBytes.utf8("changesetdagrange"),
            CborBytes.utf8("changesetexplicitdepth"),
            CborBytes.utf8("path:a"),
            CborBytes.utf8("revision"),
            CborBytes.utf8("delta")),
        Arbitraries.bytes()
            .array(byte[].class)
            .ofMaxSize(21)
            .map(bytes -> new CborBytes(ByteString.copyOf(bytes))),
        Arbitraries.bytes()
            .array(byte[].class)
            .ofSize(20)
            .map(bytes -> new CborBytes(ByteString.copyOf(bytes))),
        Arbitraries.longs()
            .flatMap(
                argument ->
                    Arbitraries.of(true, false).map(sign -> new CborInteger(sign, argument))));
  }
}

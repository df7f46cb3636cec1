// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hgwire.conformance.suite.mutants.RawFrame;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEvent;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.frame.FrameType;

/** Faults in the reading of revisions. */
final class DataMutants {
  private static final String CASES = "client/data/*";
  private static final Set<String> OF_RECORDS =
      Set.of("node", "parents", "fieldsfollowing", "phase", "bookmarks", "linknode");
  private static final Set<String> OF_HEADERS = Set.of("totalitems", "totalpaths", "path");

  private DataMutants() {}

  static List<ClientMutant> all() {
    List<ClientMutant> mutants = new ArrayList<>();
    add(mutants, "hashes of changesets are not computed", Check.CHANGESET_HASHES);
    add(mutants, "hashes of manifests are not computed", Check.MANIFEST_HASHES);
    add(mutants, "hashes of file revisions are not computed", Check.FILE_HASHES);
    add(
        mutants,
        "what came is compared neither with what was announced nor with what was requested",
        Check.COUNTS,
        Check.HEADS);
    add(mutants, "changesets are not compared with what was requested", Check.HEADS);
    add(mutants, "parents are not looked up", Check.PARENTS);
    add(mutants, "manifests are not compared with changesets", Check.MANIFESTS);
    add(mutants, "files are not compared with manifests", Check.FILES, Check.FILE_PATHS);
    add(mutants, "files are compared with manifests by their nodes alone", Check.FILE_PATHS);
    add(mutants, "paths are used as they come", Check.PATHS, Check.FILE_PATHS);
    add(mutants, "a revision needs no text", Check.TEXTS);
    add(mutants, "the length of a text is not looked at", Check.LENGTHS);
    add(
        mutants,
        "nodes are byte strings of any length, that nothing is compared with",
        Check.NODES,
        Check.CHANGESET_HASHES,
        Check.HEADS);
    refuses(mutants, "keys of records that are not known are refused", "node", OF_RECORDS);
    refuses(mutants, "keys of headers that are not known are refused", "total", OF_HEADERS);
    return mutants;
  }

  private static void add(List<ClientMutant> mutants, String name, Check... without) {
    mutants.add(ClientMutant.plain(CASES, name, PlainClone.without(without)));
  }

  private static void refuses(
      List<ClientMutant> mutants, String name, String marker, Set<String> known) {
    mutants.add(
        ClientMutant.ours(
            CASES,
            name,
            ClientFault.refusesFrames(
                name,
                RawFrame.any(
                    next ->
                        next.type() == FrameType.COMMAND_RESPONSE.code()
                            && maps(next.payload()).stream()
                                .map(DataMutants::keys)
                                .filter(
                                    keys -> keys.stream().anyMatch(key -> key.startsWith(marker)))
                                .anyMatch(keys -> !known.containsAll(keys))))));
  }

  private static List<CborMap> maps(ByteString objects) {
    CborDecoder decoder = new CborDecoder(WireLimits.defaults());
    decoder.feed(objects.asByteBuffer());
    List<CborMap> maps = new ArrayList<>();
    for (CborEvent next = decoder.poll(); next != null; next = decoder.poll()) {
      if (next instanceof CborEvent.ValueRead read && read.value() instanceof CborMap map) {
        maps.add(map);
      }
    }
    return maps;
  }

  private static List<String> keys(CborMap map) {
    return map.entries().stream()
        .map(entry -> ((CborBytes) entry.getKey()).value().utf8())
        .toList();
  }
}

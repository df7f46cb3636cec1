// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.bundle.BundleDecoder;
import org.hgwire.core.bundle.BundleEvent;
import org.hgwire.core.bundle.BundleHeader;
import org.hgwire.core.bundle.Changegroup;
import org.hgwire.core.bundle.ChangegroupEvent;
import org.hgwire.core.bundle.DeltaHeader;
import org.hgwire.core.bundle.PartHeader;

/** A bundle to its parts and revisions; a delta that comes in pieces is one of a revision. */
final class BundleVectorDecoder implements VectorDecoder {
  /** The parts that are accepted although they are no changegroups. */
  private static final Set<String> ACCEPTED =
      Set.of("cache:rev-branch-cache", "hgtagsfnodes", "obsmarkers", "phase-heads");

  @Override
  public Outcome decode(List<ByteBuffer> pieces, WireLimits limits, JsonNode vector) {
    Outcome outcome = new Outcome();
    StringBuilder delta = new StringBuilder();
    DeltaHeader[] begun = new DeltaHeader[1];
    try (BundleDecoder decoder = new BundleDecoder(limits, ACCEPTED)) {
      for (ByteBuffer piece : pieces) {
        decoder.feed(piece);
        for (BundleEvent event = decoder.poll(); event != null; event = decoder.poll()) {
          if (event instanceof ChangegroupEvent.RevisionStarted started) {
            begun[0] = started.header();
          } else if (event instanceof ChangegroupEvent.DeltaRead read) {
            delta.append(CborJson.hex(read.data()));
          } else if (event instanceof ChangegroupEvent.RevisionEnded) {
            add(outcome.add("revision"), begun[0]).put("delta", delta.toString());
            delta.setLength(0);
          } else if (event instanceof ChangegroupEvent changegroup) {
            add(outcome, changegroup);
          } else {
            add(outcome, event);
          }
        }
      }
      decoder.endOfInput();
    } catch (WireProtocolException fault) {
      outcome.fail(fault);
    }
    return outcome;
  }

  private static void add(Outcome outcome, BundleEvent event) {
    if (event instanceof BundleEvent.HeaderRead read) {
      add(outcome.add("header"), read.header());
    } else if (event instanceof BundleEvent.PartStarted started) {
      add(outcome.add("part"), started.part());
    } else if (event instanceof BundleEvent.PartDataRead read) {
      outcome.append("part-data", CborJson.hex(read.data()));
    } else if (event instanceof BundleEvent.PartEnded ended) {
      outcome.add("part-ended").put("id", ended.part().id());
    } else if (event instanceof BundleEvent.PartSkipped skipped) {
      add(outcome.add("part-skipped"), skipped.part());
    } else if (event instanceof BundleEvent.BundleEnded) {
      outcome.add("bundle-ended");
    }
  }

  private static void add(ObjectNode node, BundleHeader header) {
    node.put("format", header.format().name());
    node.put("compression", header.compression().name().toLowerCase(Locale.ROOT));
    add(node.putArray("parameters"), header.parameters());
  }

  private static void add(ObjectNode node, PartHeader part) {
    node.put("name", part.name()).put("id", part.id());
    add(node.putArray("mandatory"), part.mandatory());
    add(node.putArray("advisory"), part.advisory());
  }

  private static void add(ArrayNode pairs, Map<ByteString, ByteString> parameters) {
    parameters.forEach((key, value) -> pairs.addArray().add(key.hex()).add(value.hex()));
  }

  private static void add(Outcome outcome, ChangegroupEvent event) {
    if (event instanceof ChangegroupEvent.ChangegroupStarted started) {
      Changegroup changegroup = started.changegroup();
      ObjectNode node = outcome.add("changegroup").put("version", changegroup.version().text());
      changegroup.changesets().ifPresent(count -> node.put("changesets", count));
    } else if (event instanceof ChangegroupEvent.DeltaGroupStarted group) {
      outcome
          .add("delta-group")
          .put("of", group.segment().name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .put("path", group.path().hex());
    } else if (event instanceof ChangegroupEvent.RevisionRead read) {
      add(outcome.add("revision"), read.header()).put("delta", CborJson.hex(read.delta()));
    } else if (event instanceof ChangegroupEvent.DeltaGroupEnded) {
      outcome.add("delta-group-ended");
    } else if (event instanceof ChangegroupEvent.ChangegroupEnded) {
      outcome.add("changegroup-ended");
    }
  }

  private static ObjectNode add(ObjectNode node, DeltaHeader header) {
    return node.put("node", header.node().hex())
        .put("parent-1", header.parents().first().hex())
        .put("parent-2", header.parents().second().hex())
        .put("base", header.base().hex())
        .put("link", header.link().hex())
        .put("flags", header.flags());
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.hgwire.conformance.version1.BundleContent.Group;
import org.hgwire.conformance.version1.BundleContent.Part;
import org.hgwire.conformance.version1.BundleContent.Revision;
import org.hgwire.core.ByteString;
import org.hgwire.core.IncrementalDecoder;
import org.hgwire.core.bundle.BundleEvent;
import org.hgwire.core.bundle.ChangegroupEvent;
import org.hgwire.core.bundle.DeltaHeader;
import org.hgwire.core.bundle.PartHeader;
import org.jspecify.annotations.Nullable;

/** Collects the events of a decoder into parts. */
final class BundleCollector {
  private final List<Part> parts = new ArrayList<>();
  private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
  private final List<Group> groups = new ArrayList<>();
  private List<Revision> revisions = new ArrayList<>();
  private @Nullable DeltaHeader header;
  private boolean inPart;

  /** Decodes all of {@code bytes}, in pieces of {@code size}. */
  List<Part> collect(
      IncrementalDecoder<? extends BundleEvent> decoder, ByteString bytes, int size) {
    for (int at = 0; at < bytes.length(); at += size) {
      decoder.feed(bytes.substring(at, Math.min(at + size, bytes.length())).asByteBuffer());
      for (BundleEvent event = decoder.poll(); event != null; event = decoder.poll()) {
        add(event);
      }
    }
    decoder.endOfInput();
    return parts;
  }

  private void add(BundleEvent event) {
    if (event instanceof BundleEvent.PartStarted) {
      inPart = true;
    } else if (event instanceof BundleEvent.PartDataRead read) {
      append(read.data());
    } else if (event instanceof BundleEvent.PartEnded ended) {
      endPart(ended.part().name(), parameters(ended.part()));
      inPart = false;
    } else if (event instanceof BundleEvent.PartSkipped skipped) {
      endPart(skipped.part().name() + " (skipped)", parameters(skipped.part()));
    } else if (event instanceof ChangegroupEvent.DeltaGroupStarted started) {
      revisions = new ArrayList<>();
      groups.add(new Group(started.segment(), started.path(), revisions));
    } else if (event instanceof ChangegroupEvent.RevisionRead read) {
      revisions.add(new Revision(read.header(), ByteString.copyOf(read.delta())));
    } else if (event instanceof ChangegroupEvent.RevisionStarted started) {
      header = started.header();
    } else if (event instanceof ChangegroupEvent.DeltaRead read) {
      append(read.data());
    } else if (event instanceof ChangegroupEvent.RevisionEnded) {
      revisions.add(new Revision(Objects.requireNonNull(header), taken()));
    } else if (event instanceof ChangegroupEvent.ChangegroupEnded && !inPart) {
      endPart("", Map.of());
    }
  }

  private void append(ByteBuffer data) {
    payload.writeBytes(ByteString.copyOf(data).toByteArray());
  }

  private ByteString taken() {
    ByteString bytes = ByteString.copyOf(payload.toByteArray());
    payload.reset();
    return bytes;
  }

  private void endPart(String name, Map<String, String> parameters) {
    parts.add(new Part(name, parameters, taken(), List.copyOf(groups)));
    groups.clear();
  }

  private static Map<String, String> parameters(PartHeader part) {
    Map<String, String> parameters = new TreeMap<>();
    part.mandatory().forEach((key, value) -> parameters.put(key.utf8(), value.utf8()));
    part.advisory().forEach((key, value) -> parameters.put("(" + key.utf8() + ")", value.utf8()));
    return parameters;
  }
}

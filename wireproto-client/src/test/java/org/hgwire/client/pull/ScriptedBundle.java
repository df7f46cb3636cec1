// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.bundle.BundleEncoder;
import org.hgwire.core.bundle.Changegroup;
import org.hgwire.core.bundle.ChangegroupEncoder;
import org.hgwire.core.bundle.ChangegroupVersion;
import org.hgwire.core.bundle.DeltaHeader;
import org.hgwire.core.bundle.Segment;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.revision.Delta;
import org.hgwire.core.revision.NodeHasher;

/** A bundle of a {@link ScriptedRepository}, of which a test may change what it wants. */
final class ScriptedBundle {
  /** A revision as it is written. */
  record Entry(DeltaHeader header, ByteString delta) {}

  /** A delta group. */
  record Group(Segment segment, ByteString path, List<Entry> entries) {}

  /** A part that is not a changegroup. */
  record Part(String name, Map<ByteString, ByteString> mandatory, ByteString payload) {}

  final List<Group> groups = new ArrayList<>();
  private final List<List<ByteString>> texts = new ArrayList<>();
  final List<Part> parts = new ArrayList<>();
  ChangegroupVersion version = ChangegroupVersion.V02;

  /** Returns the bundle of the changesets from {@code from} to before {@code to}. */
  static ScriptedBundle of(ScriptedRepository repository, int from, int to) {
    ScriptedBundle bundle = new ScriptedBundle();
    bundle.group(
        Segment.CHANGESETS, ByteString.empty(), repository, repository.changesets, from, to);
    bundle.group(Segment.MANIFESTS, ByteString.empty(), repository, repository.manifests, from, to);
    repository.files.forEach(
        (path, revisions) -> bundle.group(Segment.FILES, path, repository, revisions, from, to));
    return bundle;
  }

  /** Returns the bundle of all changesets. */
  static ScriptedBundle of(ScriptedRepository repository) {
    return of(repository, 0, repository.changesets.size());
  }

  private void group(
      Segment segment,
      ByteString path,
      ScriptedRepository repository,
      List<ScriptedRepository.Revision> revisions,
      int from,
      int to) {
    List<Entry> entries = new ArrayList<>();
    for (int i = from; i < to; i++) {
      ScriptedRepository.Revision revision = revisions.get(i);
      boolean first = i == 0;
      ByteString base = first ? ByteString.empty() : revisions.get(i - 1).text();
      entries.add(
          new Entry(
              new DeltaHeader(
                  revision.node(),
                  revision.parents(),
                  first ? Node.NULL : revisions.get(i - 1).node(),
                  repository.changesets.get(i).node(),
                  0),
              Delta.between(base, revision.text())));
    }
    groups.add(new Group(segment, path, entries));
    texts.add(revisions.subList(from, to).stream().map(ScriptedRepository.Revision::text).toList());
  }

  ScriptedBundle version(ChangegroupVersion version) {
    this.version = version;
    return this;
  }

  /** Returns a revision without parents, and its text as a delta. */
  static Entry whole(ByteString text, Node link) {
    Node node = NodeHasher.hash(Parents.NONE, text);
    return new Entry(
        new DeltaHeader(node, Parents.NONE, Node.NULL, link, 0),
        Delta.between(ByteString.empty(), text));
  }

  /** Returns the delta group number {@code number}: changesets, manifests, f, g. */
  List<Entry> entries(int number) {
    return groups.get(number).entries();
  }

  /** Changes the last byte of a delta. */
  void damage(int group, int number) {
    Entry entry = entries(group).get(number);
    byte[] delta = entry.delta().toByteArray();
    delta[delta.length - 1] ^= 1;
    entries(group).set(number, new Entry(entry.header(), ByteString.copyOf(delta)));
  }

  /** Replaces the text of a revision; the next one is not a delta against it any more. */
  void substitute(int group, int number, ByteString text, int flags) {
    Entry entry = entries(group).get(number);
    DeltaHeader header = entry.header();
    entries(group)
        .set(
            number,
            new Entry(
                new DeltaHeader(header.node(), header.parents(), Node.NULL, header.link(), flags),
                Delta.between(ByteString.empty(), text)));
    DeltaHeader next = entries(group).get(number + 1).header();
    entries(group)
        .set(
            number + 1,
            new Entry(
                new DeltaHeader(next.node(), next.parents(), Node.NULL, next.link(), 0),
                Delta.between(ByteString.empty(), texts.get(group).get(number + 1))));
  }

  /** Changes the linknode and the flags of a revision. */
  void relink(int group, int number, Node link, int flags) {
    Entry entry = entries(group).get(number);
    DeltaHeader header = entry.header();
    entries(group)
        .set(
            number,
            new Entry(
                new DeltaHeader(header.node(), header.parents(), header.base(), link, flags),
                entry.delta()));
  }

  byte[] hg20(BundleCompression compression) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean bzip2 = compression == BundleCompression.BZIP2;
    try (BundleEncoder bundle =
        BundleEncoder.hg20(bzip2 ? BundleCompression.NONE : compression, b -> write(b, out))) {
      write(bundle.changegroup(Changegroup.of(version)));
      for (Part part : parts) {
        bundle.part(part.name(), part.mandatory(), Map.of(), part.payload().asByteBuffer());
      }
      bundle.end();
    }
    return bzip2
        ? bzip2(out.toByteArray(), 8, "HG20\0\0\0\16Compression=BZ", 0)
        : out.toByteArray();
  }

  /** Returns a bundle of the parts, without a changegroup. */
  byte[] partsAlone() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BundleEncoder bundle = BundleEncoder.hg20(BundleCompression.NONE, b -> write(b, out))) {
      for (Part part : parts) {
        bundle.part(part.name(), part.mandatory(), Map.of(), part.payload().asByteBuffer());
      }
      bundle.end();
    }
    return out.toByteArray();
  }

  byte[] hg10(BundleCompression compression) {
    version = ChangegroupVersion.V01;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean bzip2 = compression == BundleCompression.BZIP2;
    try (BundleEncoder bundle =
        BundleEncoder.hg10(bzip2 ? BundleCompression.NONE : compression, b -> write(b, out))) {
      write(bundle.changegroup(Changegroup.of(version)));
      bundle.end();
    }
    return bzip2 ? bzip2(out.toByteArray(), 6, "HG10BZ", 2) : out.toByteArray();
  }

  /** Compresses what follows a header, which is replaced; {@code cut} bytes are in the new one. */
  private static byte[] bzip2(byte[] plain, int headerLength, String header, int cut) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (BZip2CompressorOutputStream bzip2 = new BZip2CompressorOutputStream(compressed)) {
      bzip2.write(plain, headerLength, plain.length - headerLength);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
    out.write(compressed.toByteArray(), cut, compressed.size() - cut);
    return out.toByteArray();
  }

  private static void write(ByteBuffer bytes, ByteArrayOutputStream out) {
    while (bytes.hasRemaining()) {
      out.write(bytes.get());
    }
  }

  private void write(ChangegroupEncoder changegroup) {
    for (Group group : groups) {
      changegroup.startGroup(group.segment(), group.path());
      for (Entry entry : group.entries()) {
        changegroup.revision(entry.header(), entry.delta().asByteBuffer());
      }
      changegroup.endGroup();
    }
    changegroup.end();
  }
}

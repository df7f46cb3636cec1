// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;

/** A map that evaluates to a set of changesets (wireprotocolv2, Revisions Specifiers). */
public sealed interface RevisionSpecifier {
  /** Returns the map. */
  CborMap toCbor();

  /** Calls the method of {@code visitor} for this type of specifier and returns its result. */
  <R> R accept(Visitor<R> visitor);

  /**
   * Enumerated changesets.
   *
   * @param nodes the changesets
   */
  record ChangesetExplicit(List<Node> nodes) implements RevisionSpecifier {
    private static final ByteString TYPE = ByteString.utf8("changesetexplicit");

    /** Copies the list. */
    public ChangesetExplicit {
      nodes = List.copyOf(nodes);
    }

    @Override
    public CborMap toCbor() {
      return CborMap.builder().put("type", TYPE).put("nodes", Nodes.toCbor(nodes)).build();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitExplicit(this);
    }
  }

  /**
   * Changesets and some of their ancestors.
   *
   * @param nodes the changesets
   * @param depth the number of revisions that a walk from each node resolves, including the node;
   *     not negative
   */
  record ChangesetExplicitDepth(List<Node> nodes, long depth) implements RevisionSpecifier {
    private static final ByteString TYPE = ByteString.utf8("changesetexplicitdepth");

    /** Copies the list. */
    public ChangesetExplicitDepth {
      if (depth < 0) {
        throw new IllegalArgumentException("a depth is not negative: " + depth);
      }
      nodes = List.copyOf(nodes);
    }

    @Override
    public CborMap toCbor() {
      return CborMap.builder()
          .put("type", TYPE)
          .put("nodes", Nodes.toCbor(nodes))
          .put("depth", depth)
          .build();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitExplicitDepth(this);
    }
  }

  /**
   * The ancestors of heads, including the heads, that are neither roots nor ancestors of roots.
   *
   * @param roots changesets that are excluded together with their ancestors; may be empty
   * @param heads the heads of the range; if there are none, the range is empty (hg serve refuses
   *     that)
   */
  record ChangesetDagRange(List<Node> roots, List<Node> heads) implements RevisionSpecifier {
    private static final ByteString TYPE = ByteString.utf8("changesetdagrange");

    /** Copies the lists. */
    public ChangesetDagRange {
      roots = List.copyOf(roots);
      heads = List.copyOf(heads);
    }

    @Override
    public CborMap toCbor() {
      return CborMap.builder()
          .put("type", TYPE)
          .put("roots", Nodes.toCbor(roots))
          .put("heads", Nodes.toCbor(heads))
          .build();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitDagRange(this);
    }
  }

  /** Returns a specifier of these changesets. */
  static RevisionSpecifier changesets(Node... nodes) {
    return new ChangesetExplicit(List.of(nodes));
  }

  /** Returns a specifier of these changesets. */
  static RevisionSpecifier changesets(Collection<Node> nodes) {
    return new ChangesetExplicit(List.copyOf(nodes));
  }

  /** Returns a specifier of all ancestors of {@code heads}, including the heads. */
  static RevisionSpecifier ancestors(Collection<Node> heads) {
    return new ChangesetDagRange(List.of(), List.copyOf(heads));
  }

  /**
   * Returns a specifier of the ancestors of {@code heads}, including the heads, that are neither
   * {@code roots} nor ancestors of them.
   */
  static RevisionSpecifier range(Collection<Node> roots, Collection<Node> heads) {
    return new ChangesetDagRange(List.copyOf(roots), List.copyOf(heads));
  }

  /** A visitor with one method per type of specifier. */
  interface Visitor<R> {
    /** Visits enumerated changesets. */
    R visitExplicit(ChangesetExplicit specifier);

    /** Visits changesets with ancestors. */
    R visitExplicitDepth(ChangesetExplicitDepth specifier);

    /** Visits a range. */
    R visitDagRange(ChangesetDagRange specifier);
  }

  /**
   * Reads a specifier; keys that its type does not use are ignored.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_REQUEST if {@code value} is not a
   *     specifier of a type that the protocol defines
   */
  static RevisionSpecifier read(CborValue value) {
    MapReader reader = ValueReader.request("revision specifier").fields(value);
    ByteString type = reader.bytes("type");
    if (type.equals(ChangesetExplicit.TYPE)) {
      return new ChangesetExplicit(Nodes.read(reader, "nodes"));
    }
    if (type.equals(ChangesetExplicitDepth.TYPE)) {
      return new ChangesetExplicitDepth(Nodes.read(reader, "nodes"), reader.unsigned("depth"));
    }
    if (type.equals(ChangesetDagRange.TYPE)) {
      // "The roots array may be empty. The heads array MUST be defined." Mercurial's server refuses
      // an empty array of heads, but its client sends one when it clones an empty repository.
      return new ChangesetDagRange(Nodes.read(reader, "roots"), Nodes.read(reader, "heads"));
    }
    throw reader.fault("the type " + type.excerpt() + " is unknown");
  }

  /**
   * Reads an array of specifiers.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_REQUEST if {@code value} is
   *     malformed
   */
  static List<RevisionSpecifier> readAll(CborValue value) {
    ValueReader values = ValueReader.request("revisions");
    List<RevisionSpecifier> specifiers = new ArrayList<>();
    for (CborValue item : values.array(value, "it")) {
      specifiers.add(read(item));
    }
    return List.copyOf(specifiers);
  }

  /** Returns the array of {@code specifiers}. */
  static CborArray toCbor(List<RevisionSpecifier> specifiers) {
    return new CborArray(specifiers.stream().<CborValue>map(RevisionSpecifier::toCbor).toList());
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.List;
import java.util.Set;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.MapReader;

/**
 * Asks for data of changesets (wireprotocolv2, changesetdata).
 *
 * @param revisions the changesets: the union of what the specifiers resolve to
 * @param fields the data to send of each
 */
public record ChangesetdataRequest(List<RevisionSpecifier> revisions, Set<ChangesetField> fields)
    implements TypedRequest {
  /** The name of the command. */
  public static final String COMMAND = "changesetdata";

  /** Copies the collections. */
  public ChangesetdataRequest {
    revisions = List.copyOf(revisions);
    fields = Set.copyOf(fields);
  }

  /** Returns the request for some fields of the changesets of one specifier. */
  public static ChangesetdataRequest of(RevisionSpecifier revisions, ChangesetField... fields) {
    return new ChangesetdataRequest(List.of(revisions), Set.of(fields));
  }

  /**
   * Reads the arguments.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_REQUEST if they are malformed
   */
  public static ChangesetdataRequest read(CborMap arguments) {
    MapReader reader = Arguments.read(arguments, COMMAND, "revisions", "fields");
    return new ChangesetdataRequest(
        RevisionSpecifier.readAll(reader.required("revisions")),
        Arguments.fields(reader, ChangesetField.class));
  }

  @Override
  public String command() {
    return COMMAND;
  }

  @Override
  public CborMap arguments() {
    return Arguments.with(fields).put("revisions", RevisionSpecifier.toCbor(revisions)).build();
  }
}

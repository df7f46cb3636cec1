// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.List;
import java.util.Set;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborNull;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;

/**
 * Asks for the file revisions of changesets (wireprotocolv2, filesdata).
 *
 * @param revisions the changesets: the union of what the specifiers resolve to
 * @param fields the data to send of each file revision
 * @param pathFilter the files to include
 * @param haveParents whether the client has everything that the ancestors of these changesets refer
 *     to, so that only new file revisions need to be sent
 */
public record FilesdataRequest(
    List<RevisionSpecifier> revisions,
    Set<FileField> fields,
    PathFilter pathFilter,
    boolean haveParents)
    implements TypedRequest {
  /** The name of the command. */
  public static final String COMMAND = "filesdata";

  /** Copies the collections. */
  public FilesdataRequest {
    revisions = List.copyOf(revisions);
    fields = Set.copyOf(fields);
  }

  /**
   * Returns the request for some fields of all file revisions of the changesets of one specifier,
   * of a client that has none of them.
   */
  public static FilesdataRequest of(RevisionSpecifier revisions, FileField... fields) {
    return new FilesdataRequest(List.of(revisions), Set.of(fields), PathFilter.everything(), false);
  }

  /** Returns this request for the files that pass {@code filter}. */
  public FilesdataRequest withPathFilter(PathFilter filter) {
    return new FilesdataRequest(revisions, fields, filter, haveParents);
  }

  /**
   * Returns this request of a client that has all that the ancestors of these changesets refer to.
   */
  public FilesdataRequest havingParents() {
    return new FilesdataRequest(revisions, fields, pathFilter, true);
  }

  /**
   * Reads the arguments within the default limits.
   *
   * @throws org.hgwire.core.WireProtocolException as {@link #read(CborMap, WireLimits)}
   */
  public static FilesdataRequest read(CborMap arguments) {
    return read(arguments, WireLimits.defaults());
  }

  /**
   * Reads the arguments.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_REQUEST if they are malformed, with
   *     LIMIT if a rule of the path filter is too long
   */
  public static FilesdataRequest read(CborMap arguments, WireLimits limits) {
    MapReader reader =
        Arguments.read(arguments, COMMAND, "revisions", "fields", "pathfilter", "haveparents");
    // Mercurial advertises null as the default of pathfilter.
    CborValue filter = reader.optional("pathfilter");
    return new FilesdataRequest(
        RevisionSpecifier.readAll(reader.required("revisions")),
        Arguments.fields(reader, FileField.class),
        filter == null || filter instanceof CborNull
            ? PathFilter.everything()
            : PathFilter.read(filter, limits),
        Arguments.haveParents(reader));
  }

  @Override
  public String command() {
    return COMMAND;
  }

  @Override
  public CborMap arguments() {
    CborMap.Builder arguments =
        Arguments.with(fields, haveParents).put("revisions", RevisionSpecifier.toCbor(revisions));
    if (!pathFilter.equals(PathFilter.everything())) {
      arguments.put("pathfilter", pathFilter.toCbor());
    }
    return arguments.build();
  }
}

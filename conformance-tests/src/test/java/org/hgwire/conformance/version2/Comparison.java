// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version2;

import java.util.ArrayList;
import java.util.List;
import org.hgwire.conformance.version1.KnownRevisions;
import org.hgwire.conformance.version2.Version2Client.Response;
import org.hgwire.core.cbor.DiagnosticNotation;
import org.hgwire.core.message.CommandRequest;

/**
 * The responses of both servers to one request.
 *
 * @param request the request
 * @param theirs the response of hg's server
 * @param ours the response of our server
 * @param served all that may be served
 * @param missing the lines that only hg's response has, in order
 * @param superfluous the lines that only our response has, in order
 */
record Comparison(
    CommandRequest request,
    Response theirs,
    Response ours,
    KnownRevisions served,
    List<String> missing,
    List<String> superfluous) {

  /**
   * Compares two responses, whatever the order of their lines.
   *
   * @param all all that there is, which hg's response may have
   */
  static Comparison of(
      CommandRequest request,
      Response theirs,
      Response ours,
      KnownRevisions served,
      KnownRevisions all) {
    List<String> expected = RevisionLines.of(all, request, theirs.objects());
    List<String> sent = RevisionLines.of(served, request, ours.objects());
    return new Comparison(
        request, theirs, ours, served, without(expected, sent), without(sent, expected));
  }

  private static List<String> without(List<String> lines, List<String> others) {
    List<String> rest = new ArrayList<>(lines);
    others.forEach(rest::remove);
    rest.sort(null);
    return rest;
  }

  /** Returns whether the command is {@code name}. */
  boolean calls(String name) {
    return request.name().utf8().equals(name);
  }

  /** Returns whether both failed or succeeded, with the same objects. */
  boolean isEqual() {
    return missing.isEmpty()
        && superfluous.isEmpty()
        && (theirs.error() == null) == (ours.error() == null);
  }

  @Override
  public String toString() {
    return "%s %s%n  only hg: %s %s%n  only ours: %s %s"
        .formatted(
            request.name().utf8(),
            DiagnosticNotation.print(request.arguments()),
            missing,
            theirs.error(),
            superfluous,
            ours.error());
  }
}

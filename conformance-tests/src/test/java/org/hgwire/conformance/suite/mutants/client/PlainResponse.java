// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hgwire.client.CommandResponse;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerException;
import org.hgwire.client.ResponseObject;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.TypedRequest;
import org.hgwire.core.revision.TrackedPath;
import org.jspecify.annotations.Nullable;

/** The revisions in a response to changesetdata, manifestdata or filesdata. */
final class PlainResponse {
  private final Set<Check> checks;
  private final @Nullable CommandResponse response;
  private final List<PlainRevision> revisions = new ArrayList<>();
  private ByteString current = ByteString.empty();

  /** Sends a request. */
  PlainResponse(Set<Check> checks, Peer peer, TypedRequest request) throws IOException {
    this.checks = checks;
    CommandResponse begun = null;
    try {
      begun = peer.call(request.toRequest());
    } catch (PeerException e) {
      ignore(e);
    }
    response = begun;
  }

  private void require(boolean condition, Check check, String why) throws IOException {
    require(checks, condition, check, why);
  }

  static void require(Set<Check> checks, boolean condition, Check check, String why)
      throws IOException {
    if (!condition && checks.contains(check)) {
      throw new IOException(why);
    }
  }

  private void ignore(IOException failure) throws IOException {
    if (checks.contains(Check.FAILURES)) {
      throw failure;
    }
  }

  /** Reads the response, to its end if that is checked. */
  List<PlainRevision> revisions() throws IOException {
    ResponseObject first = next();
    CborMap header = map(first);
    require(header != null, Check.HEADERS, "there is no header");
    long announced = header == null ? 0 : number(header.get("totalitems"));
    while (checks.contains(Check.ENDS) || revisions.size() < announced) {
      ResponseObject object = next();
      if (object == null) {
        break;
      }
      CborMap record = map(object);
      if (record == null) {
        boolean behind = revisions.size() >= announced;
        require(behind, Check.ORDER, "something is between revisions");
        require(!behind, Check.ENDS, "something is behind the last revision");
      } else if (record.get("path") instanceof CborBytes path) {
        require(TrackedPath.fault(path.value()) == null, Check.PATHS, "a path leads out");
        current = path.value();
      } else {
        add(record);
      }
    }
    require(revisions.size() == announced, Check.COUNTS, "the number of revisions is another");
    return revisions;
  }

  private void add(CborMap record) throws IOException {
    if (!(record.get("node") instanceof CborBytes node)) {
      throw new IOException("a revision has no node");
    }
    require(node.value().length() == 20, Check.NODES, "a node does not have 20 bytes");
    List<ByteString> parents = new ArrayList<>();
    if (record.get("parents") instanceof CborArray array) {
      array.items().forEach(item -> parents.add(((CborBytes) item).value()));
    }
    ByteString text = null;
    if (record.get("fieldsfollowing") instanceof CborArray fields) {
      text = bytes(next());
      if (text != null) {
        long length = number(((CborArray) fields.items().get(0)).items().get(1));
        require(text.length() == length, Check.LENGTHS, "a text has another length");
      }
    }
    require(text != null, Check.TEXTS, "a revision has no text");
    revisions.add(new PlainRevision(current, node.value(), parents, text));
  }

  private @Nullable ResponseObject next() throws IOException {
    try {
      return response == null ? null : response.next();
    } catch (PeerException e) {
      ignore(e);
      return null;
    }
  }

  private @Nullable ByteString bytes(@Nullable ResponseObject object) throws IOException {
    if (object instanceof ResponseObject.Value value) {
      return value.value() instanceof CborBytes bytes ? bytes.value() : null;
    }
    try {
      return object instanceof ResponseObject.Bytes bytes
          ? ByteString.copyOf(bytes.stream().readAllBytes())
          : null;
    } catch (PeerException e) {
      ignore(e);
      return null;
    }
  }

  private static @Nullable CborMap map(@Nullable ResponseObject object) {
    return object instanceof ResponseObject.Value value && value.value() instanceof CborMap map
        ? map
        : null;
  }

  private static long number(@Nullable CborValue value) throws IOException {
    if (value instanceof CborInteger integer) {
      return integer.longValueExact();
    }
    throw new IOException("there is no number");
  }
}

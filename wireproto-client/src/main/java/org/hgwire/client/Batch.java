// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.BranchmapRequest;
import org.hgwire.core.command.BranchmapResponse;
import org.hgwire.core.command.ChangesetRecord;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.DataHeader;
import org.hgwire.core.command.FiledataRequest;
import org.hgwire.core.command.FilesdataHeader;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.HeadsResponse;
import org.hgwire.core.command.KnownRequest;
import org.hgwire.core.command.KnownResponse;
import org.hgwire.core.command.ListkeysRequest;
import org.hgwire.core.command.ListkeysResponse;
import org.hgwire.core.command.LookupRequest;
import org.hgwire.core.command.LookupResponse;
import org.hgwire.core.command.ManifestdataRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PushkeyRequest;
import org.hgwire.core.command.PushkeyResponse;
import org.hgwire.core.command.RawstorefiledataRequest;
import org.hgwire.core.command.RevisionRecord;
import org.hgwire.core.command.TypedRequest;
import org.hgwire.core.message.CommandRequest;

/**
 * Several commands in one HTTP request, a multirequest. Commands are added, then all are sent, then
 * their responses are read: in any order, see {@link CommandResponse}.
 *
 * <p>A batch holds at most {@link org.hgwire.core.WireLimit#MAX_ACTIVE_REQUESTS} commands: a server
 * that has as many to answer stops reading, and what a batch sends is sent whole before its
 * responses are read.
 *
 * <p>Adding and sending are for one thread. A batch that holds a command that writes is never tried
 * again.
 */
public final class Batch {
  private final Peer peer;
  private final List<CommandRequest> requests = new ArrayList<>();
  private final List<CommandResponse> responses = new ArrayList<>();
  private boolean sent;

  Batch(Peer peer) {
    this.peer = peer;
  }

  /**
   * Adds any command; the response can be read once the batch is sent.
   *
   * @throws IllegalStateException if the batch is full or was sent before
   */
  public CommandResponse call(CommandRequest request) {
    if (sent) {
      throw new IllegalStateException("the batch was sent before");
    }
    int most = peer.options().limits().intOf(WireLimit.MAX_ACTIVE_REQUESTS);
    if (requests.size() >= most) {
      throw new IllegalStateException(
          "a batch holds at most " + most + " commands; send this one and begin another");
    }
    CommandResponse response = new CommandResponse(request.name().toString());
    requests.add(request);
    responses.add(response);
    return response;
  }

  /** Adds {@code heads}. */
  public CommandResult<List<Node>> heads() {
    return reply(new HeadsRequest(false), value -> HeadsResponse.read(value).nodes());
  }

  /** Adds {@code known}: for each node whether the server knows it. */
  public CommandResult<List<Boolean>> known(List<Node> nodes) {
    return reply(
        new KnownRequest(nodes),
        value -> {
          KnownResponse known = KnownResponse.read(value);
          if (known.size() != nodes.size()) {
            throw WireProtocolException.request(
                WireErrorCode.BAD_RESPONSE,
                "it answers for " + known.size() + " nodes, " + nodes.size() + " were asked for");
          }
          List<Boolean> answers = new ArrayList<>(known.size());
          for (int i = 0; i < known.size(); i++) {
            answers.add(known.known(i));
          }
          return answers;
        });
  }

  /** Adds {@code branchmap}: the heads of each named branch. */
  public CommandResult<Map<ByteString, List<Node>>> branchmap() {
    return reply(new BranchmapRequest(), value -> BranchmapResponse.read(value).branches());
  }

  /** Adds {@code listkeys}: the keys and values of a pushkey namespace. */
  public CommandResult<Map<ByteString, ByteString>> listkeys(String namespace) {
    return reply(
        new ListkeysRequest(ByteString.utf8(namespace)),
        value -> ListkeysResponse.read(value).values());
  }

  /** Adds {@code lookup}: the node that a name or a part of a node stands for. */
  public CommandResult<Node> lookup(ByteString key) {
    return reply(new LookupRequest(key), value -> LookupResponse.read(value).node());
  }

  /** Adds {@code pushkey}: whether the server made the change. */
  public CommandResult<Boolean> pushkey(PushkeyRequest request) {
    return reply(request, value -> PushkeyResponse.read(value).changed());
  }

  /** Adds {@code changesetdata}. */
  public RevisionStream<DataHeader, ChangesetRecord> changesetdata(ChangesetdataRequest request) {
    return new RevisionStream<>(call(request.toRequest()), RecordFormat.CHANGESETS);
  }

  /** Adds {@code manifestdata}. */
  public RevisionStream<DataHeader, RevisionRecord> manifestdata(ManifestdataRequest request) {
    return new RevisionStream<>(call(request.toRequest()), RecordFormat.REVISIONS);
  }

  /** Adds {@code filedata}. */
  public RevisionStream<DataHeader, RevisionRecord> filedata(FiledataRequest request) {
    return new RevisionStream<>(call(request.toRequest()), RecordFormat.REVISIONS);
  }

  /** Adds {@code filesdata}. */
  public RevisionStream<FilesdataHeader, PathRevision> filesdata(FilesdataRequest request) {
    return new RevisionStream<>(call(request.toRequest()), new FilesFormat());
  }

  /** Adds {@code rawstorefiledata}. */
  public RawStoreStream rawstorefiledata(RawstorefiledataRequest request) {
    return new RawStoreStream(call(request.toRequest()));
  }

  private <T> CommandResult<T> reply(TypedRequest request, Function<CborValue, T> reader) {
    return new PendingResult<>(call(request.toRequest()), reader);
  }

  /**
   * Sends all commands and waits for the head of the HTTP response.
   *
   * @throws PeerException if there is none; every response and reply then fails with the same
   * @throws IllegalStateException if the batch is empty or was sent before
   */
  public void send() throws PeerException {
    if (sent || requests.isEmpty()) {
      throw new IllegalStateException(
          sent ? "the batch was sent before" : "the batch has no commands");
    }
    sent = true;
    Exchange exchange = peer.session().exchange(requests);
    for (int i = 0; i < responses.size(); i++) {
      responses.get(i).attach(new ResponseReader(peer.session(), exchange, i));
    }
    exchange.send();
  }
}

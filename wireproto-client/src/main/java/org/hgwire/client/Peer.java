// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.ChangesetRecord;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.DataHeader;
import org.hgwire.core.command.FiledataRequest;
import org.hgwire.core.command.FilesdataHeader;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.ManifestdataRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PushkeyRequest;
import org.hgwire.core.command.RawstorefiledataRequest;
import org.hgwire.core.command.RevisionRecord;
import org.hgwire.core.command.ServerCapabilities;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.redirects.ContentExpectation;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.fetch.ContentDownload;

/**
 * A repository on a server that speaks wire protocol v2 over HTTP.
 *
 * <p>Every command is one HTTP exchange, and the calling thread does its I/O. A method that returns
 * a result waits for it; a method that returns a stream waits for the head of the HTTP response.
 * For futures, and for several commands in one exchange, see {@link #batch}. Safe for use by
 * several threads.
 */
public final class Peer implements AutoCloseable {
  private final Session session;

  private Peer(Session session) {
    this.session = session;
  }

  /**
   * Connects: asks the server what it speaks and what it can do.
   *
   * @param url the address of the repository, http or https; user info becomes {@link Credentials}
   * @throws IllegalArgumentException if {@code url} is not such an address
   * @throws HandshakeException if no repository that speaks wire protocol v2 is there
   * @throws PeerException if there is no sound answer
   */
  public static Peer connect(URI url, PeerOptions options) throws PeerException {
    RepositoryAddress address = RepositoryAddress.of(url);
    Credentials inUrl = Credentials.of(url);
    TransportFactory factory = factory(options);
    HttpTransport transport = factory.open(options);
    Connector connector =
        new Connector(
            transport,
            options,
            address.url(),
            options.credentials() == null ? inUrl : options.credentials());
    boolean connected = false;
    try {
      Api api = handshake(connector, address, options);
      Redirects redirects =
          new Redirects(
              api.address().url(),
              options,
              api.capabilities().redirect(),
              factory.openFetcher(options));
      connected = true;
      return new Peer(new Session(connector, options, api, redirects));
    } finally {
      if (!connected) {
        connector.close();
      }
    }
  }

  /**
   * Connects with the default options.
   *
   * @throws IllegalArgumentException if {@code url} is not an address
   */
  public static Peer connect(String url) throws PeerException {
    return connect(URI.create(url), PeerOptions.defaults());
  }

  private static TransportFactory factory(PeerOptions options) {
    TransportFactory chosen = options.transport();
    return chosen != null
        ? chosen
        : ServiceLoader.load(TransportFactory.class, Peer.class.getClassLoader())
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException("no TransportFactory is installed or chosen"));
  }

  private static Api handshake(Connector connector, RepositoryAddress address, PeerOptions options)
      throws PeerException {
    RetryPolicy retries = options.retries();
    for (int attempt = 1; ; attempt++) {
      try {
        return Handshaker.run(connector, address, options);
      } catch (PeerException e) {
        // Where nothing listens, a person waits for the answer: there is no second attempt.
        boolean again =
            attempt < retries.attempts()
                && TransportFaults.isTransient(e)
                && !TransportFaults.isUnreachable(e);
        if (!again) {
          throw e;
        }
        Duration pause = retries.pauseAfter(attempt);
        options.listener().attemptFailed(e, pause);
        try {
          retries.sleeper().sleep(pause);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw e;
        }
      }
    }
  }

  /** Returns the address of the repository, without user info. */
  public URI url() {
    return session.api().address().url();
  }

  /** Returns what the server said in the handshake that it can do. */
  public ServerCapabilities capabilities() {
    return session.api().capabilities();
  }

  /** Returns how the peer connects. */
  public PeerOptions options() {
    return session.options();
  }

  /** Returns a batch of commands, still empty. */
  public Batch batch() {
    return new Batch(this);
  }

  Session session() {
    return session;
  }

  /**
   * Runs any command. One that the server declares with the permission {@code push} is sent as a
   * write and never tried again.
   */
  public CommandResponse call(CommandRequest request) throws PeerException {
    Batch batch = batch();
    CommandResponse response = batch.call(request);
    batch.send();
    return response;
  }

  /** Runs {@code heads}: the heads of what the server shows. */
  public List<Node> heads() throws PeerException {
    Batch batch = batch();
    return result(batch, batch.heads());
  }

  /** Runs {@code known}: for each node whether the server knows it. */
  public List<Boolean> known(List<Node> nodes) throws PeerException {
    Batch batch = batch();
    return result(batch, batch.known(nodes));
  }

  /** Runs {@code branchmap}: the heads of each named branch. */
  public Map<ByteString, List<Node>> branchmap() throws PeerException {
    Batch batch = batch();
    return result(batch, batch.branchmap());
  }

  /** Runs {@code listkeys}: the keys and values of a pushkey namespace. */
  public Map<ByteString, ByteString> listkeys(String namespace) throws PeerException {
    Batch batch = batch();
    return result(batch, batch.listkeys(namespace));
  }

  /** Runs {@code lookup}: the node that a name or a part of a node stands for. */
  public Node lookup(ByteString key) throws PeerException {
    Batch batch = batch();
    return result(batch, batch.lookup(key));
  }

  /** Runs {@code pushkey}; never tried again. Returns whether the server made the change. */
  public boolean pushkey(ByteString namespace, ByteString key, ByteString old, ByteString value)
      throws PeerException {
    Batch batch = batch();
    return result(batch, batch.pushkey(new PushkeyRequest(namespace, key, old, value)));
  }

  /** Runs {@code changesetdata}. */
  public RevisionStream<DataHeader, ChangesetRecord> changesetdata(ChangesetdataRequest request)
      throws PeerException {
    Batch batch = batch();
    RevisionStream<DataHeader, ChangesetRecord> stream = batch.changesetdata(request);
    batch.send();
    return stream;
  }

  /** Runs {@code manifestdata}. */
  public RevisionStream<DataHeader, RevisionRecord> manifestdata(ManifestdataRequest request)
      throws PeerException {
    Batch batch = batch();
    RevisionStream<DataHeader, RevisionRecord> stream = batch.manifestdata(request);
    batch.send();
    return stream;
  }

  /** Runs {@code filedata}. */
  public RevisionStream<DataHeader, RevisionRecord> filedata(FiledataRequest request)
      throws PeerException {
    Batch batch = batch();
    RevisionStream<DataHeader, RevisionRecord> stream = batch.filedata(request);
    batch.send();
    return stream;
  }

  /** Runs {@code filesdata}. */
  public RevisionStream<FilesdataHeader, PathRevision> filesdata(FilesdataRequest request)
      throws PeerException {
    Batch batch = batch();
    RevisionStream<FilesdataHeader, PathRevision> stream = batch.filesdata(request);
    batch.send();
    return stream;
  }

  /** Runs {@code rawstorefiledata}. */
  public RawStoreStream rawstorefiledata(RawstorefiledataRequest request) throws PeerException {
    Batch batch = batch();
    RawStoreStream stream = batch.rawstorefiledata(request);
    batch.send();
    return stream;
  }

  /**
   * Begins to download content that is elsewhere, as a clone bundle: what holds for the URLs of
   * redirects holds for it. The caller closes it.
   *
   * @param url where it is
   * @param expectation what it must be
   * @throws RedirectException if the URL may not be fetched
   */
  public ContentDownload download(String url, ContentExpectation expectation)
      throws RedirectException {
    return session.redirects().download(url, expectation);
  }

  private static <T> T result(Batch batch, CommandResult<T> reply) throws PeerException {
    batch.send();
    return reply.await();
  }

  /** Closes the connections. Exchanges that still run fail. */
  @Override
  public void close() {
    session.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.CommandDescriptor;
import org.hgwire.core.command.Handshake;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.command.RedirectCapabilities;
import org.hgwire.core.command.ServerCapabilities;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.reactor.ServerEvent;
import org.hgwire.core.reactor.ServerReactor;
import org.hgwire.redirects.fetch.ContentFetcher;
import org.jspecify.annotations.Nullable;

/**
 * A server in memory, without sockets: a ServerReactor back to back with the client's. What each
 * command responds is scripted, as an iterator of pieces of CBOR that is advanced while the client
 * reads, so that responses may be larger than memory.
 */
public final class ScriptedServer implements TransportFactory {
  private static final ByteString OK =
      CborEncoder.encode(CborMap.builder().put("status", ByteString.utf8("ok")).build());

  private final Map<String, Function<CommandRequest, Iterator<ByteString>>> scripts =
      new HashMap<>();
  private final Map<ByteString, CommandDescriptor> descriptors = new LinkedHashMap<>();
  private final Deque<UnaryOperator<InputStream>> faults = new ArrayDeque<>();
  private boolean interleaved;
  private @Nullable RedirectCapabilities redirect;
  private @Nullable ContentFetcher contentHosts;

  /** The requests that came, in order. */
  public final List<HttpTransport.Request> requests = new CopyOnWriteArrayList<>();

  /** The commands that came, in order. */
  public final List<CommandRequest> commands = new CopyOnWriteArrayList<>();

  /** The read timeouts that were set, in order. */
  public final List<Duration> timeouts = new CopyOnWriteArrayList<>();

  /** How many responses were cancelled. */
  public final AtomicInteger cancelled = new AtomicInteger();

  /** How many responses were closed. */
  public final AtomicInteger closed = new AtomicInteger();

  /** Scripts a command that reads: its response is the status, then {@code pieces}. */
  public ScriptedServer on(String command, Function<CommandRequest, Iterator<ByteString>> pieces) {
    return on(command, CommandDescriptor.of(Map.of(), List.of(CommandDescriptor.PULL)), pieces);
  }

  /** Scripts a command with its descriptor. */
  public ScriptedServer on(
      String command,
      CommandDescriptor descriptor,
      Function<CommandRequest, Iterator<ByteString>> pieces) {
    descriptors.put(ByteString.utf8(command), descriptor);
    scripts.put(
        command,
        request -> {
          Iterator<ByteString> rest = pieces.apply(request);
          Deque<ByteString> status = new ArrayDeque<>(List.of(OK));
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return !status.isEmpty() || rest.hasNext();
            }

            @Override
            public ByteString next() {
              return status.isEmpty() ? rest.next() : status.remove();
            }
          };
        });
    return this;
  }

  /** Scripts a command whose response has no status of ours. */
  public ScriptedServer raw(String command, Function<CommandRequest, Iterator<ByteString>> pieces) {
    on(command, pieces);
    scripts.put(command, pieces);
    return this;
  }

  /** Scripts a command that responds with {@code values}. */
  public ScriptedServer respond(String command, CborValue... values) {
    return on(command, request -> encoded(values));
  }

  /** Returns the encodings of {@code values}. */
  public static Iterator<ByteString> encoded(CborValue... values) {
    return List.of(values).stream().map(CborEncoder::encode).iterator();
  }

  /** Responds to the commands of a multirequest piece by piece in turn, not one after the other. */
  public ScriptedServer interleaved() {
    interleaved = true;
    return this;
  }

  /** Advertises where responses may be redirected to, and gives the client what fetches there. */
  public ScriptedServer redirecting(RedirectCapabilities capabilities, ContentFetcher fetcher) {
    redirect = capabilities;
    contentHosts = fetcher;
    return this;
  }

  /** Changes the body of the next response to a POST. */
  public ScriptedServer fault(UnaryOperator<InputStream> change) {
    faults.add(change);
    return this;
  }

  /** Cuts the next body after {@code length} bytes: with an error, or as if it ended there. */
  public ScriptedServer cut(int length, boolean error) {
    return fault(
        body ->
            new InputStream() {
              private int left = length;

              @Override
              public int read() {
                throw new UnsupportedOperationException();
              }

              @Override
              public int read(byte[] target, int offset, int count) throws IOException {
                if (left == 0) {
                  if (error) {
                    throw new IOException("connection reset");
                  }
                  return -1;
                }
                int read = body.read(target, offset, Math.min(left, count));
                left -= Math.max(read, 0);
                return read;
              }
            });
  }

  /** Connects to this server. */
  public Peer connect(PeerOptionsBuilder options) throws PeerException {
    return Peer.connect(
        java.net.URI.create("http://server.test/repo"), options.transport(this).build());
  }

  /** Connects to this server, never trying again. */
  public Peer connect() throws PeerException {
    return connect(PeerOptions.builder().retries(RetryPolicy.never()));
  }

  @Override
  public HttpTransport open(PeerOptions options) {
    return new HttpTransport() {
      @Override
      public Response send(Request request) throws IOException {
        requests.add(request);
        List<ByteBuffer> body = request.body();
        if (body == null) {
          return new ScriptedResponse(
              HttpV2Api.CBOR_MEDIA_TYPE, new ByteArrayInputStream(handshake().toByteArray()));
        }
        InputStream frames = new Frames(body);
        UnaryOperator<InputStream> change = faults.poll();
        return new ScriptedResponse(
            HttpV2Api.FRAMING_MEDIA_TYPE, change == null ? frames : change.apply(frames));
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public @Nullable ContentFetcher openFetcher(PeerOptions options) {
    return contentHosts;
  }

  private ByteString handshake() {
    ServerCapabilities capabilities =
        new ServerCapabilities(
            descriptors,
            List.of(ByteString.utf8(HttpV2Api.FRAMING_MEDIA_TYPE)),
            List.of(ByteString.utf8("path:")),
            List.of(),
            redirect);
    return CborEncoder.encode(
        new Handshake(
                ByteString.utf8(HttpV2Api.API_BASE),
                Map.of(ByteString.utf8(HttpV2Api.NAME), capabilities.toCbor()),
                ByteString.utf8("batch"))
            .toCbor());
  }

  private final class ScriptedResponse implements HttpTransport.Response {
    private final String type;
    private final InputStream body;

    ScriptedResponse(String type, InputStream body) {
      this.type = type;
      this.body = body;
    }

    @Override
    public int status() {
      return 200;
    }

    @Override
    public @Nullable String header(String name) {
      return name.equalsIgnoreCase("Content-Type") ? type : null;
    }

    @Override
    public InputStream body() {
      return body;
    }

    @Override
    public void readTimeout(Duration timeout) {
      timeouts.add(timeout);
    }

    @Override
    public void cancel() {
      cancelled.incrementAndGet();
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  /** The body of a response: made while it is read. */
  private final class Frames extends InputStream {
    private final ServerReactor reactor =
        new ServerReactor(WireLimits.defaults(), ContentEncodings.standard());
    private final Map<Integer, Iterator<ByteString>> responses = new LinkedHashMap<>();
    private final Deque<Integer> turns = new ArrayDeque<>();
    private ByteBuffer ready = ByteBuffer.allocate(0);

    Frames(List<ByteBuffer> body) {
      for (ByteBuffer part : body) {
        reactor.receive(part.duplicate());
        drain();
      }
      reactor.endOfInput();
      drain();
    }

    private void drain() {
      for (ServerEvent event = reactor.poll(); event != null; event = reactor.poll()) {
        if (event instanceof ServerEvent.CommandReceived received) {
          commands.add(received.request());
          Function<CommandRequest, Iterator<ByteString>> script =
              scripts.get(received.request().name().utf8());
          if (script == null) {
            throw new AssertionError("no script for " + received.request());
          }
          responses.put(received.requestId(), script.apply(received.request()));
          turns.add(received.requestId());
        } else if (event instanceof ServerEvent.ProtocolFailed failed) {
          throw new AssertionError("the client broke the protocol", failed.fault());
        }
      }
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("the client reads buffers");
    }

    @Override
    public int read(byte[] target, int offset, int count) {
      while (!ready.hasRemaining()) {
        ByteBuffer next = reactor.pollOutput();
        if (next != null) {
          ready = next;
        } else if (!advance()) {
          return -1;
        }
      }
      int read = Math.min(count, ready.remaining());
      ready.get(target, offset, read);
      return read;
    }

    /** Appends one piece of one response. */
    private boolean advance() {
      Integer id = turns.poll();
      if (id == null) {
        return false;
      }
      Iterator<ByteString> response = Objects.requireNonNull(responses.get(id));
      if (response.hasNext()) {
        reactor.respond(id, response.next().asByteBuffer());
        if (interleaved) {
          turns.addLast(id);
        } else {
          turns.addFirst(id);
        }
      } else {
        reactor.endResponse(id);
      }
      return true;
    }
  }

  /** Returns all that a body holds, for tests that cut it. */
  public static byte[] readAll(InputStream body) throws IOException {
    List<byte[]> parts = new ArrayList<>();
    int length = 0;
    byte[] buffer = new byte[8192];
    for (int read = body.read(buffer, 0, buffer.length);
        read >= 0;
        read = body.read(buffer, 0, buffer.length)) {
      parts.add(java.util.Arrays.copyOf(buffer, read));
      length += read;
    }
    ByteBuffer all = ByteBuffer.allocate(length);
    parts.forEach(all::put);
    return all.array();
  }
}

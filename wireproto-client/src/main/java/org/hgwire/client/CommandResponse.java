// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEvent;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.message.CommandError;
import org.hgwire.core.message.ContentLocation;
import org.hgwire.core.reactor.ResponseDecoder;
import org.hgwire.core.reactor.ResponseEvent;
import org.jspecify.annotations.Nullable;

/**
 * The response to one command: its objects, as they arrive.
 *
 * <p>Responses of one batch may be read in any order and by several threads, one thread a response.
 * Whoever reads does the I/O. Closing a response before its end cancels it, from any thread;
 * closing the last one of a batch ends the HTTP exchange. A response that was read to its end needs
 * no closing, but closing is always allowed.
 */
public final class CommandResponse implements AutoCloseable {
  private final Exchange exchange;
  private final ResponseQueue queue;
  private ResponseDecoder decoder;
  private int generation;
  private boolean delivered;
  private boolean finished;
  private volatile boolean closed;
  private @Nullable BytesStream openStream;
  private @Nullable PeerException failure;

  CommandResponse(Exchange exchange, ResponseQueue queue) {
    this.exchange = exchange;
    this.queue = queue;
    this.decoder = ResponseDecoder.ofResponse(exchange.options().limits());
  }

  /** Returns the name of the command. */
  public String command() {
    return queue.command();
  }

  /**
   * Returns the next object, or null at the end of the response.
   *
   * @throws CommandFailedException if the server said that the command failed
   * @throws RedirectNotFollowedException if the server said that the response is elsewhere
   * @throws PeerException if the response ended too soon or is not sound
   * @throws IllegalStateException if this was closed, or its batch was not sent
   */
  public @Nullable ResponseItem next() throws PeerException {
    if (closed) {
      throw new IllegalStateException("the response to " + command() + " was closed");
    }
    BytesStream unread = openStream;
    if (unread != null) {
      unread.skipRest();
    }
    CborEvent event = nextEvent();
    if (event == null) {
      return null;
    }
    if (event instanceof CborEvent.ValueRead read) {
      return new ResponseItem.Value(read.value());
    }
    if (event instanceof CborEvent.BytesStarted started) {
      BytesStream stream = new BytesStream();
      openStream = stream;
      return new ResponseItem.Bytes(started.length(), stream);
    }
    throw new IllegalStateException("a piece of a byte string that did not begin: " + event);
  }

  /**
   * Returns the next object, which is a whole value; a byte string that is streamed is read into
   * memory, up to {@link org.hgwire.core.WireLimits#maxCborBytes()}.
   *
   * @throws PeerProtocolException if the response ends here or the byte string is larger
   */
  public CborValue nextValue() throws PeerException {
    ResponseItem item = next();
    if (item instanceof ResponseItem.Value value) {
      return value.value();
    }
    if (item instanceof ResponseItem.Bytes bytes) {
      return new CborBytes(readWhole(bytes));
    }
    throw badResponse(WireErrorCode.BAD_RESPONSE, "it ended where a value was to come");
  }

  private ByteString readWhole(ResponseItem.Bytes bytes) throws PeerException {
    long most = Math.min(exchange.options().limits().maxCborBytes(), Integer.MAX_VALUE - 16);
    byte[] whole;
    try {
      whole = bytes.stream().readNBytes((int) most + 1);
    } catch (PeerException e) {
      throw e;
    } catch (IOException e) {
      throw new TransportException("The response to " + command() + " cannot be read.", e);
    }
    if (whole.length > most) {
      throw badResponse(
          WireErrorCode.LIMIT, "a byte string is longer than the " + most + " bytes allowed here");
    }
    return ByteString.copyOf(whole);
  }

  /** Returns the next event of the objects, or null at the end; marks the first as delivered. */
  private @Nullable CborEvent nextEvent() throws PeerException {
    if (failure != null) {
      throw failure.again();
    }
    if (finished) {
      return null;
    }
    try {
      while (true) {
        ResponseEvent event = pollEvent();
        if (!confirmDelivery()) {
          restart();
          continue;
        }
        if (event == null) {
          finished = true;
          exchange.close(queue);
          return null;
        }
        if (event instanceof ResponseEvent.ObjectReceived object) {
          return object.event();
        }
        if (event instanceof ResponseEvent.CommandFailed failed) {
          throw commandFailed(failed.error());
        }
        if (event instanceof ResponseEvent.Redirected redirected) {
          throw redirected(redirected.location());
        }
      }
    } catch (WireProtocolException e) {
      throw failed(
          new PeerProtocolException(
              "The response to " + command() + " cannot be used (" + e.code().text() + "): "
                  + e.getMessage(),
              e));
    } catch (PeerException e) {
      throw failed(e);
    }
  }

  /** Returns the next event of the response, or null at its end. */
  private @Nullable ResponseEvent pollEvent() throws PeerException {
    while (true) {
      ResponseEvent event = decoder.poll();
      if (event != null) {
        return event;
      }
      if (queue.generation() != generation) {
        restart();
      }
      ByteBuffer bytes = queue.take();
      if (bytes != null) {
        decoder.feed(bytes);
      } else if (queue.isExhausted()) {
        decoder.endOfInput();
        return null;
      } else if (closed) {
        throw new TransportException("The response to " + command() + " was closed.", null);
      } else {
        exchange.advance(queue);
      }
    }
  }

  private boolean confirmDelivery() {
    if (!delivered) {
      delivered = exchange.deliver(queue, generation);
    }
    return delivered;
  }

  private void restart() {
    generation = queue.generation();
    decoder = ResponseDecoder.ofResponse(exchange.options().limits());
  }

  private PeerException commandFailed(CommandError error) {
    String message = error.message().render(exchange.options().limits().maxTextBytes());
    return new CommandFailedException(command(), PrintableText.of(message), null);
  }

  private PeerException redirected(ContentLocation location) {
    String url = location.url().toString();
    return new RedirectNotFollowedException(
        url,
        "The server says that the response to "
            + command()
            + " is at "
            + url
            + "; redirects are not followed.",
        null);
  }

  /** Returns the error for a response that is not what the command promises; it ends here. */
  PeerException badResponse(WireErrorCode code, String why) {
    return failed(malformed(WireProtocolException.request(code, why)));
  }

  /** Returns the error for {@code fault} in this response; it ends here. */
  PeerException badResponse(WireProtocolException fault) {
    return failed(malformed(fault));
  }

  private PeerProtocolException malformed(WireProtocolException fault) {
    return new PeerProtocolException(
        "The response to " + command() + " is not what the command promises: " + fault.getMessage(),
        fault);
  }

  private PeerException failed(PeerException reason) {
    failure = reason;
    exchange.close(queue);
    return reason;
  }

  /** Gives up what was not read. */
  @Override
  public void close() {
    closed = true;
    exchange.close(queue);
  }

  /** A byte string in pieces. */
  private final class BytesStream extends InputStream {
    private ByteBuffer piece = ByteBuffer.allocate(0);
    private boolean ended;

    @Override
    public int read() throws PeerException {
      return prepare() ? piece.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws PeerException {
      if (length == 0) {
        return 0;
      }
      if (!prepare()) {
        return -1;
      }
      int count = Math.min(length, piece.remaining());
      piece.get(target, offset, count);
      return count;
    }

    @Override
    public int available() {
      return piece.remaining();
    }

    /** Returns whether there is a byte to read. */
    private boolean prepare() throws PeerException {
      while (!piece.hasRemaining()) {
        if (ended) {
          return false;
        }
        if (closed) {
          throw new TransportException("The response to " + command() + " was closed.", null);
        }
        CborEvent event = nextEvent();
        if (event instanceof CborEvent.BytesRead read) {
          piece = read.data();
        } else {
          ended = true;
          openStream = null;
        }
      }
      return true;
    }

    void skipRest() throws PeerException {
      while (prepare()) {
        piece.position(piece.limit());
      }
    }
  }
}

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
import org.jspecify.annotations.Nullable;

/**
 * The response to one command: its objects, as they arrive.
 *
 * <p>The responses of a batch may be read in any order and by several threads, one thread per
 * response. The thread that reads does the I/O. Closing a response before its end cancels it, from
 * any thread; closing the last one of a batch ends the HTTP exchange. A response that was read to
 * its end need not be closed.
 */
public final class CommandResponse implements AutoCloseable {
  private final String command;
  private volatile @Nullable ObjectReader attached;
  private volatile boolean closed;
  private @Nullable BytesStream openStream;

  CommandResponse(String command) {
    this.command = command;
  }

  /** Sets the source of the response, when the batch is sent. */
  void attach(ObjectReader reader) {
    attached = reader;
    if (closed) {
      reader.close();
    }
  }

  /** Returns the name of the command. */
  public String command() {
    return command;
  }

  /**
   * Returns the next object, or null at the end of the response.
   *
   * @throws CommandFailedException if the server said that the command failed
   * @throws RedirectNotFollowedException if the server redirected the response without an offer
   * @throws PeerException if the response ended too soon or is not valid
   * @throws IllegalStateException if this was closed, or its batch was not sent
   */
  public @Nullable ResponseObject next() throws PeerException {
    if (closed) {
      throw new IllegalStateException("the response to " + command + " was closed");
    }
    BytesStream unread = openStream;
    if (unread != null) {
      unread.skipRest();
    }
    CborEvent event = reader().next();
    if (event == null) {
      return null;
    }
    if (event instanceof CborEvent.ValueRead read) {
      return new ResponseObject.Value(read.value());
    }
    if (event instanceof CborEvent.BytesStarted started) {
      BytesStream stream = new BytesStream();
      openStream = stream;
      return new ResponseObject.Bytes(started.length(), stream);
    }
    throw new IllegalStateException("a piece of a byte string that did not begin: " + event);
  }

  /**
   * Returns the next object, which must be a whole value; a byte string that is streamed is read
   * into memory, up to {@link org.hgwire.core.WireLimit#MAX_CBOR_BYTES}.
   *
   * @throws PeerProtocolException if the response ends here or the byte string is larger
   */
  public CborValue nextValue() throws PeerException {
    ResponseObject item = next();
    if (item instanceof ResponseObject.Value value) {
      return value.value();
    }
    if (item instanceof ResponseObject.Bytes bytes) {
      return new CborBytes(readWhole(bytes.stream()));
    }
    throw badResponse(WireErrorCode.BAD_RESPONSE, "it ended where a value was expected");
  }

  private ByteString readWhole(InputStream stream) throws PeerException {
    int max = (int) Math.min(reader().maxInMemory(), Integer.MAX_VALUE - 16);
    byte[] whole;
    try {
      whole = stream.readNBytes(max + 1);
    } catch (PeerException e) {
      throw e;
    } catch (IOException e) {
      throw new TransportException("The response to " + command + " cannot be read.", e);
    }
    if (whole.length > max) {
      throw badResponse(
          WireErrorCode.LIMIT, "a byte string is longer than the limit of " + max + " bytes");
    }
    return ByteString.copyOf(whole);
  }

  private ObjectReader reader() {
    ObjectReader reader = attached;
    if (reader == null) {
      throw new IllegalStateException("the batch was not sent");
    }
    return reader;
  }

  /** Ends the response because it is not what the command promises, and returns the error. */
  PeerException badResponse(WireErrorCode code, String why) {
    return badResponse(WireProtocolException.request(code, why));
  }

  /** Ends the response because of {@code fault}, and returns the error. */
  PeerException badResponse(WireProtocolException fault) {
    return reader()
        .fail(
            new PeerProtocolException(
                "The response to "
                    + command
                    + " is not what the command promises: "
                    + fault.getMessage(),
                fault));
  }

  /** Cancels what was not read. */
  @Override
  public void close() {
    closed = true;
    ObjectReader reader = attached;
    if (reader != null) {
      reader.close();
    }
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
        CborEvent event = reader().next();
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

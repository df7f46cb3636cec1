// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.memory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Forwards connections, and once, after a number of response bytes, cuts all that there are. Those
 * that are made later are forwarded to their end.
 */
public final class CuttingProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final long bytes;
  private final AtomicLong passed = new AtomicLong();
  private final AtomicBoolean cut = new AtomicBoolean();
  private final AtomicLong forwardedAfterwards = new AtomicLong();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile int target;

  /** Listens on a free port; cuts after {@code bytes}. */
  public CuttingProxy(long bytes) throws IOException {
    this.bytes = bytes;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** Returns the port that it listens on. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Forwards connections to a port of this machine from now on. */
  public void forwardTo(int port) {
    target = port;
  }

  /** Returns whether it has cut. */
  public boolean hasCut() {
    return cut.get();
  }

  /** Returns the number of response bytes so far. */
  public long forwarded() {
    return passed.get();
  }

  /** Returns the number of response bytes after the cut. */
  long forwardedAfterwards() {
    return forwardedAfterwards.get();
  }

  private void accept() {
    while (true) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(client);
        sockets.add(server);
        start(() -> copy(client, server, false));
        start(() -> copy(server, client, true));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void copy(Socket from, Socket to, boolean back) {
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        long before = back ? passed.getAndAdd(read) : 0;
        boolean cuts = back && before + read >= bytes && cut.compareAndSet(false, true);
        out.write(buffer, 0, cuts ? (int) Math.max(0, bytes - before) : read);
        if (cuts) {
          closeAll();
          return;
        }
        if (back && cut.get()) {
          forwardedAfterwards.addAndGet(read);
        }
      }
    } catch (IOException gone) {
      // One end has closed, so the other is closed as well.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "cutting-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void closeAll() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    closeAll();
  }
}

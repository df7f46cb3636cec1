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

/** Forwards connections, and cuts the first one after a number of response bytes. */
final class CuttingProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final long bytes;
  private final AtomicBoolean cut = new AtomicBoolean();
  private final AtomicLong forwardedAfterwards = new AtomicLong();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile int target;

  /** Listens on a free port; cuts after {@code bytes}. */
  CuttingProxy(long bytes) throws IOException {
    this.bytes = bytes;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Forwards connections to a port of this machine from now on. */
  void forwardTo(int port) {
    target = port;
  }

  /** Returns whether a connection was cut. */
  boolean hasCut() {
    return cut.get();
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
    long passed = 0;
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        passed += read;
        if (back && cut.get()) {
          forwardedAfterwards.addAndGet(read);
        }
        if (back && passed >= bytes && cut.compareAndSet(false, true)) {
          return;
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

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hgwire.redirects.fetch.ContentFetcher;
import org.hgwire.redirects.fetch.ContentRequest;
import org.hgwire.redirects.fetch.ContentResponse;
import org.jspecify.annotations.Nullable;

/** Content hosts in memory, without ranges. */
final class MemoryContentHosts implements ContentFetcher {
  private final Map<String, Host> hosts = new HashMap<>();

  /** The requests that came, in order. */
  final List<ContentRequest> requests = new CopyOnWriteArrayList<>();

  /** Responds to a request. */
  @FunctionalInterface
  interface Host {
    ContentResponse respond(ContentRequest request) throws IOException;
  }

  /** Says what a host does. */
  MemoryContentHosts on(String name, Host host) {
    hosts.put(name, host);
    return this;
  }

  /** A host that serves {@code body}. */
  static Host serving(byte[] body) {
    return request -> response(200, new ByteArrayInputStream(body));
  }

  /** A host that breaks off after {@code length} bytes, as often as it is asked. */
  static Host breaking(byte[] body, int length) {
    return request ->
        response(
            200,
            new InputStream() {
              private int at;

              @Override
              public int read() throws IOException {
                if (at == length) {
                  throw new IOException("connection reset");
                }
                return body[at++] & 0xff;
              }

              @Override
              public int read(byte[] target, int offset, int count) throws IOException {
                if (at == length) {
                  throw new IOException("connection reset");
                }
                int part = Math.min(count, length - at);
                System.arraycopy(body, at, target, offset, part);
                at += part;
                return part;
              }
            });
  }

  /** A host that responds with a status. */
  static Host status(int status) {
    return request -> response(status, InputStream.nullInputStream());
  }

  /** A host that cannot be reached, as {@code how} says. */
  static Host failing(IOException how) {
    return request -> {
      throw how;
    };
  }

  static ContentResponse response(int status, InputStream body) {
    return new ContentResponse() {
      @Override
      public int status() {
        return status;
      }

      @Override
      public @Nullable String header(String name) {
        return null;
      }

      @Override
      public InputStream body() {
        return body;
      }

      @Override
      public void cancel() {}

      @Override
      public void close() {}
    };
  }

  @Override
  public ContentResponse fetch(ContentRequest request) throws IOException {
    requests.add(request);
    Host host = hosts.get(request.url().getHost());
    if (host == null) {
      throw new AssertionError("nobody expects " + request);
    }
    return host.respond(request);
  }

  @Override
  public void close() {}
}

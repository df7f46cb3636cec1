// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A content host in memory, with ranges and validators, whose connections can be made to break. */
final class MemoryHost implements ContentFetcher {
  /** The content that is served now. */
  byte[] content;

  /** The strong validator, or null if there is none. */
  @Nullable String etag = "\"one\"";

  /** Whether ranges are supported. */
  boolean ranges = true;

  /** Whether If-Range is honoured. */
  boolean honoursIfRange = true;

  /** Whether Content-Length is sent. */
  boolean saysLength = true;

  /** Headers that replace the default ones. */
  final Map<String, String> overrides = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /** After how many bytes the next bodies are cut, and how. */
  final Deque<Cut> cuts = new ArrayDeque<>();

  /** The responses to the next requests. */
  final Deque<Supplier<ContentResponse>> responses = new ArrayDeque<>();

  /** The requests received. */
  final List<ContentRequest> requests = new ArrayList<>();

  int open;

  MemoryHost(byte[] content) {
    this.content = content;
  }

  record Cut(int after, IOException how) {
    static Cut at(int after) {
      return new Cut(after, new IOException("connection reset"));
    }
  }

  @Override
  public ContentResponse fetch(ContentRequest request) {
    requests.add(request);
    Supplier<ContentResponse> response = responses.poll();
    if (response != null) {
      return response.get();
    }
    boolean current =
        !honoursIfRange || request.ifRange() == null || request.ifRange().equals(etag);
    int from = ranges && current ? (int) request.from() : 0;
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (from > 0 && from == content.length) {
      headers.put("Content-Range", "bytes */" + content.length);
      return new MemoryResponse(416, headers, new ByteArrayInputStream(new byte[0]));
    }
    if (etag != null) {
      headers.put("ETag", etag);
    }
    if (saysLength) {
      headers.put("Content-Length", String.valueOf(content.length - from));
    }
    if (from > 0) {
      headers.put(
          "Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    }
    headers.putAll(overrides);
    InputStream body = new ByteArrayInputStream(content, from, content.length - from);
    Cut cut = cuts.poll();
    return new MemoryResponse(
        from > 0 ? 206 : 200, headers, cut == null ? body : new CutStream(body, cut));
  }

  ContentResponse status(int status, Map<String, String> headers) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(headers);
    return new MemoryResponse(status, all, new ByteArrayInputStream(new byte[0]));
  }

  @Override
  public void close() {}

  private static final class CutStream extends InputStream {
    private final InputStream body;
    private final Cut cut;
    private int left;

    CutStream(InputStream body, Cut cut) {
      this.body = body;
      this.cut = cut;
      this.left = cut.after();
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("buffers are read");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left == 0) {
        throw cut.how();
      }
      int count = body.read(target, offset, Math.min(left, length));
      left -= Math.max(count, 0);
      return count;
    }
  }

  final class MemoryResponse implements ContentResponse {
    private final int status;
    private final Map<String, String> headers;
    private final InputStream body;
    private boolean closed;

    MemoryResponse(int status, Map<String, String> headers, InputStream body) {
      this.status = status;
      this.headers = headers;
      this.body = body;
      open++;
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public @Nullable String header(String name) {
      return headers.get(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public InputStream body() {
      return body;
    }

    @Override
    public void cancel() {}

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        open--;
      }
    }
  }
}

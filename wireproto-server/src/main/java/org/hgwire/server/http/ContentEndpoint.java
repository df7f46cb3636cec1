// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.hgwire.core.ByteString;
import org.hgwire.core.PeerText;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.redirects.contentstore.FileContentStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the files of a {@link FileContentStore} over HTTP (RFC 9110): GET and HEAD of {@code
 * /ab/abcdef…}, whole or one range. The hash is the strong validator: stored content never changes,
 * so an interrupted download can be resumed from any copy. There is no listing, and no other file
 * is served. Safe for use by several threads.
 */
public final class ContentEndpoint implements HttpService {
  private static final Logger LOG = LoggerFactory.getLogger(ContentEndpoint.class);
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final FileContentStore store;
  private final String mediaType;

  private ContentEndpoint(FileContentStore store, String mediaType) {
    this.store = store;
    this.mediaType = mediaType;
  }

  /** Returns an endpoint of the responses in {@code store}. */
  public static ContentEndpoint of(FileContentStore store) {
    return of(store, HttpV2Api.CBOR_MEDIA_TYPE);
  }

  /** Returns an endpoint of content of another media type. */
  public static ContentEndpoint of(FileContentStore store, String mediaType) {
    return new ContentEndpoint(store, mediaType);
  }

  @Override
  public HttpExchange open(RequestHead request) {
    boolean head = request.method().equals("HEAD");
    if (!request.isRead()) {
      return FixedExchange.text(
          405,
          HttpFields.of("Content-Type", "text/plain").with("Allow", "GET, HEAD"),
          "stored content is read-only\n");
    }
    HttpExchange exchange;
    try {
      exchange = route(request, head);
    } catch (MalformedTargetException malformed) {
      exchange = FixedExchange.text(400, malformed.getMessage() + "\n");
    } catch (IOException | RuntimeException failure) {
      LOG.error("{} {} failed", request.method(), PeerText.excerpt(request.target()), failure);
      exchange = FixedExchange.failed();
    }
    return head && exchange instanceof FixedExchange fixed ? fixed.withoutBody() : exchange;
  }

  private HttpExchange route(RequestHead request, boolean head) throws IOException {
    List<String> segments = RequestTarget.parse(request.target()).segments();
    if (segments.size() != 2
        || !SHA256.matcher(segments.get(1)).matches()
        || !segments.get(1).startsWith(segments.get(0))
        || segments.get(0).length() != 2) {
      return absent();
    }
    String hash = segments.get(1);
    Path path = store.file(ByteString.fromHex(hash));
    FileChannel file = path == null ? null : openFile(path);
    if (file == null) {
      return absent();
    }
    try {
      return respond(request.fields(), head, file, "\"" + hash + "\"");
    } catch (IOException | RuntimeException failure) {
      file.close();
      throw failure;
    }
  }

  private static @Nullable FileChannel openFile(Path path) throws IOException {
    try {
      return FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException gone) {
      return null;
    }
  }

  private static HttpExchange absent() {
    return FixedExchange.text(404, "there is no such content here\n");
  }

  private HttpExchange respond(HttpFields fields, boolean head, FileChannel file, String tag)
      throws IOException {
    HttpFields always =
        HttpFields.of("ETag", tag)
            .with("Accept-Ranges", "bytes")
            .with("X-Content-Type-Options", "nosniff");
    HttpFields response = always.with("Cache-Control", "public, max-age=31536000, immutable");
    long size = file.size();
    String known = fields.first("If-None-Match");
    if (known != null && matches(known, tag)) {
      file.close();
      return FixedExchange.empty(304, response, size);
    }
    // RFC 9110, 13.1.5: "If the validator does not match, the server ... SHOULD ... ignore the
    // Range header field". 14.2: Range is defined for GET alone.
    String ifRange = fields.first("If-Range");
    boolean ranged = !head && (ifRange == null || ifRange.strip().equals(tag));
    ByteRange range = ByteRange.of(ranged ? fields.first("Range") : null, size);
    if (range.isUnsatisfiable()) {
      file.close();
      return FixedExchange.empty(416, always.with("Content-Range", "bytes */" + size), 0);
    }
    response = response.with("Content-Type", mediaType);
    if (range.isPart()) {
      response = response.with("Content-Range", range.contentRange(size));
    }
    ResponseHead responseHead =
        new ResponseHead(range.isPart() ? 206 : 200, response, OptionalLong.of(range.length()));
    return new FileExchange(
        responseHead, file, range.from(), head ? range.from() : range.from() + range.length());
  }

  private static boolean matches(String list, String tag) {
    for (String entry : list.split(",", -1)) {
      String candidate = entry.strip();
      String strong = candidate.startsWith("W/") ? candidate.substring(2) : candidate;
      if (strong.equals(tag) || strong.equals("*")) {
        return true;
      }
    }
    return false;
  }
}

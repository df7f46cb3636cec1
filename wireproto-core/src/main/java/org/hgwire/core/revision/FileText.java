// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * The text of a file revision: the content, preceded by a header if there is metadata or if the
 * content itself begins like a header. The header is {@code \1\n}, lines of {@code key: value}, and
 * {@code \1\n}.
 *
 * @param metadata values by key, in the order of the header; a key has no line feed and no {@code
 *     ": "}, a value has no line feed
 * @param content the content of the file
 */
public record FileText(Map<ByteString, ByteString> metadata, ByteString content) {
  private static final ByteString MARK = ByteString.copyOf((byte) 1, (byte) '\n');
  private static final ByteString COPY = ByteString.utf8("copy");
  private static final ByteString COPY_REVISION = ByteString.utf8("copyrev");

  /**
   * Where a file was copied or renamed from.
   *
   * @param path the path of the source
   * @param node the file revision of the source
   */
  public record CopySource(ByteString path, Node node) {}

  /** Copies the map and rejects what a header cannot express. */
  public FileText {
    metadata.forEach(FileText::check);
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  private static void check(ByteString key, ByteString value) {
    if (key.isEmpty()
        || key.startsWith(MARK.substring(0, 1))
        || key.indexOf((byte) ':', 0) >= 0
        || key.indexOf((byte) '\n', 0) >= 0
        || value.indexOf((byte) '\n', 0) >= 0) {
      throw new IllegalArgumentException(
          "a key must not be empty or have a colon, line feed or leading \\1,"
              + " and a value must not have a line feed");
    }
  }

  /** Returns the text of a file without metadata. */
  public static FileText of(ByteString content) {
    return new FileText(Map.of(), content);
  }

  /** Returns the text of a file that was copied or renamed. */
  public static FileText copied(ByteString content, ByteString sourcePath, Node source) {
    Map<ByteString, ByteString> metadata = new LinkedHashMap<>();
    metadata.put(COPY, sourcePath);
    metadata.put(COPY_REVISION, ByteString.utf8(source.hex()));
    return new FileText(metadata, content);
  }

  /**
   * Parses a text.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if it begins with a
   *     malformed header
   */
  public static FileText parse(ByteString text) {
    if (!text.startsWith(MARK)) {
      return of(text);
    }
    Map<ByteString, ByteString> metadata = new LinkedHashMap<>();
    int position = MARK.length();
    for (; ; ) {
      int end = text.indexOf((byte) '\n', position);
      if (end < 0) {
        throw RevisionFault.malformed("the metadata of a file revision does not end");
      }
      if (end == position + 1 && text.at(position) == 1) {
        return new FileText(metadata, text.substring(end + 1, text.length()));
      }
      parseLine(text.substring(position, end), metadata);
      position = end + 1;
    }
  }

  private static void parseLine(ByteString line, Map<ByteString, ByteString> metadata) {
    int colon = line.indexOf((byte) ':', 0);
    if (colon <= 0 || line.at(0) == 1 || colon + 1 >= line.length() || line.at(colon + 1) != ' ') {
      throw RevisionFault.malformed("a line of a file revision's metadata is not key: value");
    }
    ByteString value = line.substring(colon + 2, line.length());
    if (metadata.put(line.substring(0, colon), value) != null) {
      throw RevisionFault.malformed("a key of a file revision's metadata occurs twice");
    }
  }

  /** Returns the text. */
  public ByteString format() {
    if (metadata.isEmpty() && !content.startsWith(MARK)) {
      return content;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length() + 128);
    out.writeBytes(MARK.toByteArray());
    metadata.forEach(
        (key, value) -> {
          out.writeBytes(key.toByteArray());
          out.write(':');
          out.write(' ');
          out.writeBytes(value.toByteArray());
          out.write('\n');
        });
    out.writeBytes(MARK.toByteArray());
    out.writeBytes(content.toByteArray());
    return ByteString.copyOf(out.toByteArray());
  }

  /**
   * Returns where the file was copied from, or null if it was not.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if the metadata has only
   *     one half of it, or an invalid node
   */
  public @Nullable CopySource copySource() {
    ByteString path = metadata.get(COPY);
    ByteString revision = metadata.get(COPY_REVISION);
    if (path == null && revision == null) {
      return null;
    }
    if (path == null || revision == null || revision.length() != 2 * Node.BYTES) {
      throw RevisionFault.malformed("the metadata of a file revision has an invalid copy source");
    }
    return new CopySource(path, HexNode.parse(revision.asByteBuffer(), 0));
  }
}

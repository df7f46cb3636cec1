// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import java.io.ByteArrayOutputStream;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;

/**
 * The text of a changeset:
 *
 * <pre>
 * manifest node in hexadecimal
 * user
 * time timezone[ extra]
 * file        (a line each, sorted)
 *             (an empty line)
 * description
 * </pre>
 *
 * <p>Formatting a parsed text gives the same bytes, so extras and files keep their order.
 *
 * @param manifest the manifest of the changeset; the null node if it has no files
 * @param user the author; not empty, without line feeds
 * @param time the time of the commit, in seconds since 1970-01-01 00:00 UTC; see {@link #date}
 * @param timezone the seconds to add to local time to get UTC, so negative east of Greenwich
 * @param extra further values by key; a key has no colon
 * @param files the files that it changes; each not empty and without line feeds
 * @param description the commit message
 */
public record ChangesetText(
    Node manifest,
    ByteString user,
    long time,
    int timezone,
    Map<ByteString, ByteString> extra,
    List<ByteString> files,
    ByteString description) {
  /** The branch of a changeset that names none. */
  public static final ByteString DEFAULT_BRANCH = ByteString.utf8("default");

  private static final ByteString BRANCH = ByteString.utf8("branch");
  private static final ByteString CLOSE = ByteString.utf8("close");
  private static final int HEX = 2 * Node.BYTES;

  /** Copies the collections and rejects what a text cannot express. */
  public ChangesetText {
    if (user.isEmpty() || user.indexOf((byte) '\n', 0) >= 0) {
      throw new IllegalArgumentException("a user must not be empty or have a line feed");
    }
    for (ByteString file : files) {
      if (file.isEmpty() || file.indexOf((byte) '\n', 0) >= 0) {
        throw new IllegalArgumentException("a file must not be empty or have a line feed");
      }
    }
    for (ByteString key : extra.keySet()) {
      if (key.indexOf((byte) ':', 0) >= 0) {
        throw new IllegalArgumentException("the key of an extra must not have a colon");
      }
    }
    extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    files = List.copyOf(files);
  }

  /** Returns a copy with extras and files in Mercurial's order, which is that of their bytes. */
  public ChangesetText sorted() {
    return new ChangesetText(
        manifest,
        user,
        time,
        timezone,
        new TreeMap<>(extra),
        files.stream().sorted().toList(),
        description);
  }

  /**
   * Returns the time and offset of the commit, with Java's sign of the offset: positive east of
   * Greenwich.
   *
   * <p>The text may have any two integers, so there are two special cases. An offset of more than
   * 18 hours, which no {@link ZoneOffset} can express, becomes UTC; the instant stays the same. A
   * time that {@link LocalDateTime} cannot express becomes the first or last second that it can.
   * {@link #time} and {@link #timezone} are always exact.
   */
  public OffsetDateTime date() {
    boolean expressible =
        timezone >= -ZoneOffset.MAX.getTotalSeconds()
            && timezone <= ZoneOffset.MAX.getTotalSeconds();
    ZoneOffset offset = expressible ? ZoneOffset.ofTotalSeconds(-timezone) : ZoneOffset.UTC;
    long first = LocalDateTime.MIN.toEpochSecond(offset);
    long last = LocalDateTime.MAX.toEpochSecond(offset);
    long second = Math.max(first, Math.min(time, last));
    return OffsetDateTime.of(LocalDateTime.ofEpochSecond(second, 0, offset), offset);
  }

  /** Returns the named branch of the changeset. */
  public ByteString branch() {
    return extra.getOrDefault(BRANCH, DEFAULT_BRANCH);
  }

  /** Returns whether the changeset closes its branch. */
  public boolean closesBranch() {
    return extra.containsKey(CLOSE);
  }

  /**
   * Parses a text.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if it is malformed or has
   *     numbers or escapes that are not in their shortest form
   */
  public static ChangesetText parse(ByteString text) {
    Node manifest = manifestOf(text);
    Lines lines = new Lines(text, HEX + 1);
    ByteString user = lines.next();
    if (user.isEmpty()) {
      throw RevisionFault.malformed("a changeset names no user");
    }
    ByteString date = lines.next();
    List<ByteString> files = new ArrayList<>();
    for (ByteString file = lines.next(); !file.isEmpty(); file = lines.next()) {
      files.add(file);
    }
    int first = date.indexOf((byte) ' ', 0);
    if (first < 0) {
      throw RevisionFault.malformed("the date of a changeset has no timezone");
    }
    int second = date.indexOf((byte) ' ', first + 1);
    int end = second < 0 ? date.length() : second;
    return new ChangesetText(
        manifest,
        user,
        number(date.substring(0, first)),
        Math.toIntExact(inRange(number(date.substring(first + 1, end)))),
        second < 0 ? Map.of() : ExtraText.parse(date.substring(second + 1, date.length())),
        files,
        lines.rest());
  }

  /**
   * Returns the manifest of a changeset without parsing the rest. This works for changesets with an
   * unusual date or extras.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code text} does not
   *     begin with a node in lower-case hexadecimal and a line feed
   */
  public static Node manifestOf(ByteString text) {
    if (text.length() <= HEX || text.at(HEX) != '\n') {
      throw RevisionFault.malformed("a changeset does not begin with a line of 40 digits");
    }
    return HexNode.parse(text.substring(0, HEX).asByteBuffer(), 0);
  }

  private static long number(ByteString digits) {
    String text = digits.utf8();
    try {
      long value = Long.parseLong(text);
      if (Long.toString(value).equals(text)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Reported below, without quoting the text.
    }
    throw RevisionFault.malformed("the date of a changeset is not two plain integers");
  }

  private static long inRange(long timezone) {
    if (timezone != (int) timezone) {
      throw RevisionFault.malformed("the timezone of a changeset is out of range");
    }
    return timezone;
  }

  /** Returns the text. */
  public ByteString format() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writeLine(out, ByteString.utf8(manifest.hex()));
    writeLine(out, user);
    out.writeBytes((time + " " + timezone).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    if (!extra.isEmpty()) {
      out.write(' ');
      ExtraText.write(extra, out);
    }
    out.write('\n');
    for (ByteString file : files) {
      writeLine(out, file);
    }
    writeLine(out, ByteString.empty());
    out.writeBytes(description.toByteArray());
    return ByteString.copyOf(out.toByteArray());
  }

  private static void writeLine(ByteArrayOutputStream out, ByteString line) {
    out.writeBytes(line.toByteArray());
    out.write('\n');
  }

  /** Splits a text into lines. */
  private static final class Lines {
    private final ByteString text;
    private int position;

    Lines(ByteString text, int position) {
      this.text = text;
      this.position = position;
    }

    ByteString next() {
      int end = text.indexOf((byte) '\n', position);
      if (end < 0) {
        throw RevisionFault.malformed("a changeset ends before its description");
      }
      ByteString line = text.substring(position, end);
      position = end + 1;
      return line;
    }

    ByteString rest() {
      return text.substring(position, text.length());
    }
  }
}

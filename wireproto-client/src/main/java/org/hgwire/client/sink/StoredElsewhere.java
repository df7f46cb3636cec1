// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A file revision whose content is in a store of large files, with Mercurial's extension {@code
 * lfs}. Its text is a pointer: lines of a key and a value, of which {@code oid} names the content.
 *
 * @param sha256 the SHA-256 of the content, 32 bytes
 * @param size the size of the content in bytes
 */
public record StoredElsewhere(ByteString sha256, long size) implements TextSubstitute {
  private static final ByteString START =
      ByteString.utf8("version https://git-lfs.github.com/spec/v");
  private static final Pattern OID = Pattern.compile("oid sha256:([0-9a-f]{64})");
  private static final Pattern SIZE = Pattern.compile("size (\\d{1,18})");
  private static final Pattern LINE = Pattern.compile("[a-z][-.a-z0-9]* .*");

  static @Nullable StoredElsewhere read(ByteString text) {
    if (!text.startsWith(START)) {
      return null;
    }
    List<String> lines = text.utf8().lines().toList();
    if (lines.size() < 3) {
      return null;
    }
    Matcher oid = OID.matcher(lines.get(1));
    Matcher size = SIZE.matcher(lines.get(2));
    return oid.matches()
            && size.matches()
            && lines.stream().allMatch(line -> LINE.matcher(line).matches())
        ? new StoredElsewhere(ByteString.fromHex(oid.group(1)), Long.parseLong(size.group(1)))
        : null;
  }

  @Override
  public String describe() {
    return "is stored elsewhere (" + size + " bytes with the SHA-256 " + sha256.hex() + ")";
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hgwire.core.ByteString;

/**
 * What is read of a repository's {@code hgrc} ({@code hg help config}). Nothing else of it has an
 * effect: no extension is loaded, no hook is run, no other file is included.
 *
 * @param publishing {@code phases.publish}: whether what is pulled becomes public; by default it
 *     does
 * @param unlisted {@code web.hidden}: whether the repository is left out of lists; by default it is
 *     not
 * @param pullBundles {@code server.pullbundle}: whether clients are sent the stored bundles for
 *     them; by default they are not
 */
public record RepositorySettings(boolean publishing, boolean unlisted, boolean pullBundles) {
  private static final Set<String> TRUE = Set.of("1", "yes", "true", "on", "always");
  private static final Set<String> FALSE = Set.of("0", "no", "false", "off", "never");

  /**
   * Reads the files, of which some may be missing; a later one overrides an earlier one.
   *
   * @throws StoreException if one of these settings is not a boolean
   */
  public static RepositorySettings read(List<Path> files) throws IOException {
    RepositorySettings settings = new RepositorySettings(true, false, false);
    for (Path file : files) {
      settings = settings.with(file);
    }
    return settings;
  }

  private RepositorySettings with(Path file) throws IOException {
    boolean publish = publishing;
    boolean hidden = unlisted;
    boolean bundles = pullBundles;
    String section = "";
    for (ByteString raw : TextLines.of(StoreFile.read(file))) {
      String line = raw.utf8();
      String stripped = line.strip();
      int equals = line.indexOf('=');
      if (stripped.startsWith("[") && stripped.indexOf(']') > 0) {
        section = stripped.substring(1, stripped.indexOf(']')).strip();
      } else if (equals > 0 && "#; \t%".indexOf(line.charAt(0)) < 0) {
        String name = section + "." + line.substring(0, equals).strip();
        String value = line.substring(equals + 1).strip();
        switch (name) {
          case "phases.publish" -> publish = bool(file, name, value);
          case "web.hidden" -> hidden = bool(file, name, value);
          case "server.pullbundle" -> bundles = bool(file, name, value);
          default -> {}
        }
      }
    }
    return new RepositorySettings(publish, hidden, bundles);
  }

  private static boolean bool(Path file, String name, String value) throws StoreException {
    String folded = value.toLowerCase(Locale.ROOT);
    if (TRUE.contains(folded)) {
      return true;
    }
    if (FALSE.contains(folded)) {
      return false;
    }
    throw new StoreException(
        StoreException.Kind.DAMAGED,
        "the file "
            + file
            + " sets "
            + name
            + " to "
            + ByteString.utf8(value).excerpt()
            + "; write true or false");
  }
}

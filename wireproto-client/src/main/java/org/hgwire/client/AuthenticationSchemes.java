// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hgwire.core.PeerText;
import org.jspecify.annotations.Nullable;

/** Reads which authentication schemes a server wants (RFC 9110, section 11.6.1). */
final class AuthenticationSchemes {
  private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

  /** A token at the beginning or after a comma, unless it is the name of a parameter. */
  private static final Pattern SCHEME =
      Pattern.compile("(?:^|,)\\s*([A-Za-z][A-Za-z0-9._-]*)(?=\\s+[^\\s=]|\\s*,|\\s*$)");

  private AuthenticationSchemes() {}

  /**
   * Returns the schemes, as a phrase, if basic authentication is not among them; null if it is, or
   * the server does not say.
   *
   * @param challenges the headers WWW-Authenticate
   */
  static @Nullable String otherThanBasic(List<String> challenges) {
    List<String> schemes = new ArrayList<>();
    for (String challenge : challenges) {
      Matcher matcher = SCHEME.matcher(QUOTED.matcher(challenge).replaceAll("x"));
      while (matcher.find()) {
        schemes.add(PeerText.line(matcher.group(1)));
      }
    }
    boolean basic = schemes.stream().anyMatch("Basic"::equalsIgnoreCase);
    return basic || schemes.isEmpty() ? null : String.join(" or ", schemes);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.hgwire.client.Credentials;
import org.hgwire.redirects.UrlAuthority;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of basic authentication, and where the password comes from. */
final class LoginOptions {
  /** The environment variable that has the password. */
  static final String PASSWORD = "HGWIRE_PASSWORD";

  @Option(
      names = "--user",
      paramLabel = "NAME[:PASSWORD]",
      description =
          "Log in with basic authentication. A password that is not given here or in the URL, where"
              + " other users of this machine can see it, comes from --password-file, from the"
              + " environment variable "
              + PASSWORD
              + ", or from the terminal.")
  private @Nullable String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "Log in with the password in the first line of this file (UTF-8).")
  private @Nullable Path passwordFile;

  /**
   * Returns the name and the password to log in with, or null if the URL has both or there is no
   * name.
   *
   * @throws IllegalArgumentException if the password is given twice, or for no name
   * @throws IOException if the file of the password cannot be read
   */
  @Nullable Credentials credentials(URI url) throws IOException {
    String given = user == null ? userInfo(url) : user;
    if (given == null || given.isEmpty()) {
      if (passwordFile != null) {
        throw new IllegalArgumentException("--password-file needs a name: give --user NAME");
      }
      return null;
    }
    int colon = given.indexOf(':');
    if (colon < 0) {
      String name = user == null ? decoded(given) : given;
      return new Credentials(name, password(name));
    }
    if (passwordFile != null) {
      throw new IllegalArgumentException(
          "the password is given twice: leave it out of "
              + (user == null ? "the URL" : "--user")
              + " or leave out --password-file");
    }
    // The URL is decoded where its address is read.
    return user == null
        ? null
        : new Credentials(given.substring(0, colon), given.substring(colon + 1));
  }

  /** Returns what stands before the host, as it is written. */
  private static @Nullable String userInfo(URI url) {
    return url.getRawAuthority() == null ? null : UrlAuthority.of(url).userInfo();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private String password(String name) throws IOException {
    if (passwordFile != null) {
      return read(passwordFile);
    }
    String variable = System.getenv(PASSWORD);
    return variable == null
        ? Terminal.readPassword(name)
        : LostCharacters.requireNone(PASSWORD, variable);
  }

  private static String read(Path file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(NamedInput.open(file), StandardCharsets.UTF_8.newDecoder()))) {
      String line = reader.readLine();
      if (line == null) {
        throw new IOException(file + " is empty, where a password should be");
      }
      return line;
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is not UTF-8, which the password must be", e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.write;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a lock says of who holds it: the host, the process namespace if the system has such, and the
 * process, as in {@code host/effffffc:4711}.
 *
 * @param text the whole
 */
record LockHolder(String text) {
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
  private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");
  private static final String WHERE = where();

  /** Returns this process. */
  static LockHolder self() {
    return new LockHolder(WHERE + ":" + ProcessHandle.current().pid());
  }

  /** Returns what the name of a file can say of this holder. */
  String fileName() {
    return text.replace('/', '+').replace(':', '=');
  }

  /** Returns the holder whose {@link #fileName} is given. */
  static LockHolder ofFileName(String name) {
    return new LockHolder(name.replace('+', '/').replace('=', ':'));
  }

  /** Reads a lock: a symbolic link, or a file where there are no links. Null if there is none. */
  static @Nullable LockHolder read(Path lock) throws IOException {
    try {
      return new LockHolder(
          Files.isSymbolicLink(lock)
              ? Files.readSymbolicLink(lock).toString()
              : Files.readString(lock, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static String where() {
    try {
      String host =
          Files.exists(HOST_NAME)
              ? Files.readString(HOST_NAME).strip()
              : InetAddress.getLocalHost().getHostName();
      return Files.exists(NAMESPACE) ? host + "/" + namespace() : host;
    } catch (IOException e) {
      return "unknown-host";
    }
  }

  /** Returns the number of the namespace; the link says {@code pid:[4026531836]}. */
  private static String namespace() throws IOException {
    String link = Files.readSymbolicLink(NAMESPACE).toString();
    String number = link.substring(link.indexOf('[') + 1, link.length() - 1);
    return Long.toHexString(Long.parseLong(number));
  }

  /**
   * Returns whether the process has ended. False unless it ran on this host, in this namespace, and
   * the system shows the processes of others.
   */
  boolean isDead() {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || !text.substring(0, colon).equals(WHERE)) {
      return false;
    }
    try {
      long process = Long.parseLong(text.substring(colon + 1));
      return process > 0 && ProcessHandle.of(1).isPresent() && ProcessHandle.of(process).isEmpty();
    } catch (NumberFormatException e) {
      return false;
    }
  }
}

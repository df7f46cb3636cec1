// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

/**
 * The permission that a command needs, and that a URL of the API grants ({@code ro}, {@code rw}).
 */
public enum Permission {
  /** To read the repository. */
  PULL("pull"),
  /** To change the repository; includes {@link #PULL}. */
  PUSH("push");

  private final String wireName;

  Permission(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the name in the capabilities. */
  public String wireName() {
    return wireName;
  }
}

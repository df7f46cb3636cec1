// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A client that clones a repository. Several threads may run it at the same time. */
@FunctionalInterface
public interface ClientUnderTest {
  /** A client in Java. */
  @FunctionalInterface
  interface JavaClient {
    /**
     * Clones everything over version 2 of the protocol.
     *
     * @param url the URL of the repository
     * @param directory an empty directory for what it has to store
     * @throws Exception if it does not have everything, whole and right
     */
    void cloneAll(URI url, Path directory) throws Exception;
  }

  /**
   * Clones everything.
   *
   * @param url the URL of the repository
   * @param directory an empty directory
   * @param limit how long it may take
   * @throws IOException if it cannot be started
   * @throws InterruptedException if the thread is interrupted; the client is ended
   */
  ClientEnd run(URI url, Path directory, Duration limit) throws IOException, InterruptedException;

  /**
   * Returns a client that is a command.
   *
   * @param words the command and its arguments, in which <code>{url}</code> stands for the URL and
   *     <code>{dir}</code> for the directory
   */
  static ClientUnderTest ofCommand(List<String> words) {
    return new CommandClient(words);
  }

  /**
   * Returns a client in Java: it ends with 0 if it returns, with 1 if it throws; but it has crashed
   * if it throws a {@link VirtualMachineError}, such as an {@link OutOfMemoryError}.
   */
  static ClientUnderTest ofJava(JavaClient client) {
    return (url, directory, limit) -> JavaRun.run(client, url, directory, limit);
  }
}

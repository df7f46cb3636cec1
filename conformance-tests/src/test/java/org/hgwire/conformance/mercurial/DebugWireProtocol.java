// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.mercurial;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real hg as a client of version 2. */
public final class DebugWireProtocol {
  private DebugWireProtocol() {}

  /** Returns the options with which hg speaks version 2 and accepts {@code encodings}, in order. */
  public static List<String> v2(String... encodings) {
    return List.of(
        "--config",
        "experimental.httppeer.advertise-v2=true",
        "--config",
        "experimental.httppeer.v2-encoder-order=" + String.join(",", encodings));
  }

  /**
   * Calls one command with {@code hg debugwireproto}, which prints the response of the server.
   *
   * @param arguments lines of {@code <name> <value>}, the value as bytes or {@code eval:<Python>}
   */
  public static Hg.Result call(
      Hg hg, Path directory, URI url, List<String> options, String command, String... arguments) {
    StringBuilder script = new StringBuilder("command " + command + "\n");
    for (String argument : arguments) {
      script.append("    ").append(argument).append('\n');
    }
    List<String> line = new ArrayList<>(options);
    line.add("debugwireproto");
    line.add(url.toString());
    return hg.tryRun(directory, script.toString(), line);
  }
}

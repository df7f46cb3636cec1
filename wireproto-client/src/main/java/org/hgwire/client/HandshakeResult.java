// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.CommandDescriptor;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.command.ServerCapabilities;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.version1.Version1Capabilities;
import org.jspecify.annotations.Nullable;

/**
 * What the handshake returned: where commands are sent, and what the server declares about them.
 *
 * @param address the repository
 * @param base the path of the APIs, below the repository; ends with a slash; empty over version 1
 * @param capabilities what the server can do
 * @param version1 what it says of itself over version 1, or null if version 2 is spoken
 */
record HandshakeResult(
    RepositoryAddress address,
    String base,
    ServerCapabilities capabilities,
    @Nullable Version1Capabilities version1) {
  /** Returns the result of a handshake after which version 1 is spoken. */
  static HandshakeResult ofVersion1(RepositoryAddress address, Version1Capabilities version1) {
    return new HandshakeResult(address, "", version1.commands(), version1);
  }

  /** Returns whether the server declares that the command needs the permission to push. */
  boolean writes(CommandRequest request) {
    CommandDescriptor command = capabilities.commands().get(request.name());
    return command != null && command.permissions().contains(CommandDescriptor.PUSH);
  }

  /** Returns the address that {@code requests} are sent to. */
  URI target(List<CommandRequest> requests) {
    String name =
        requests.size() == 1 ? pathSegment(requests.get(0).name()) : HttpV2Api.MULTIREQUEST;
    boolean write = requests.stream().anyMatch(this::writes);
    return URI.create(
        address.url()
            + "/"
            + base
            + HttpV2Api.NAME
            + "/"
            + (write ? HttpV2Api.READ_WRITE : HttpV2Api.READ_ONLY)
            + "/"
            + name);
  }

  /** Returns {@code name} as a segment of a path, with everything but plain characters escaped. */
  private static String pathSegment(ByteString name) {
    StringBuilder segment = new StringBuilder();
    for (byte b : name.toByteArray()) {
      boolean plain =
          (b >= 'a' && b <= 'z')
              || (b >= 'A' && b <= 'Z')
              || (b >= '0' && b <= '9')
              || b == '-'
              || b == '_';
      segment.append(plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "%%%02X", b));
    }
    return segment.toString();
  }
}

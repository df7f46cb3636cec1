// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.net.URI;
import java.util.List;
import java.util.OptionalLong;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.message.CommandRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the handshake told: where commands are sent, and what the server says of them.
 *
 * @param address the repository
 * @param base where APIs are, below the repository: ends with a slash
 * @param descriptor the descriptor of the API
 */
record Api(RepositoryAddress address, String base, CborMap descriptor) {
  /** The name of the API: version 2 of the wire protocol over HTTP. */
  static final String NAME = "exp-http-v2-0003";

  private static final CborBytes PUSH = CborBytes.utf8("push");

  /** Returns whether the server declares that the command wants the permission to push. */
  boolean writes(CommandRequest request) {
    return command(request.name()) instanceof CborMap command
        && command.get("permissions") instanceof CborArray permissions
        && permissions.items().contains(PUSH);
  }

  /** Returns how many revisions the server recommends to ask for in one request of a command. */
  OptionalLong recommendedBatchSize(String name) {
    return command(ByteString.utf8(name)) instanceof CborMap command
            && command.get("recommendedbatchsize") instanceof CborInteger size
            && !size.negative()
            && size.isLong()
            && size.longValueExact() > 0
        ? OptionalLong.of(size.longValueExact())
        : OptionalLong.empty();
  }

  private @Nullable CborValue command(ByteString name) {
    return descriptor.get("commands") instanceof CborMap commands
        ? commands.get(new CborBytes(name))
        : null;
  }

  /** Returns the address that {@code requests} are sent to. */
  URI target(List<CommandRequest> requests) {
    String name = requests.size() == 1 ? pathSegment(requests.get(0)) : "multirequest";
    return address.command(base, NAME, requests.stream().anyMatch(this::writes), name);
  }

  /** Returns the name of the command in the path; names that are not plain are escaped. */
  private static String pathSegment(CommandRequest request) {
    StringBuilder segment = new StringBuilder();
    for (byte b : request.name().toByteArray()) {
      boolean plain =
          (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '-'
              || b == '_';
      segment.append(plain ? String.valueOf((char) b) : String.format("%%%02X", b));
    }
    return segment.toString();
  }
}

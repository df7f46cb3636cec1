// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.io.IOException;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.ArgumentType;
import org.hgwire.core.command.ListKeysRequest;
import org.hgwire.core.command.ListKeysResponse;

/** The values of a pushkey namespace (wireprotocolv2, listkeys). */
final class ListkeysCommand extends ShortCommand {
  static CommandDefinition definition() {
    return CommandDefinition.named(ListKeysRequest.COMMAND)
        .permission(Permission.PULL)
        .argument("namespace", ArgumentDescriptor.required(ArgumentType.BYTES))
        .runs(new ListkeysCommand());
  }

  @Override
  CborValue answer(CommandCall call, RequestView view) throws IOException {
    ListKeysRequest request = RequestView.read(call, ListKeysRequest::read);
    return new ListKeysResponse(PushkeyNamespaces.list(view, request.namespace())).toCbor();
  }
}

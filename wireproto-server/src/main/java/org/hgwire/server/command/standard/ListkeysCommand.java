// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.ArgumentType;
import org.hgwire.core.command.ListkeysRequest;
import org.hgwire.core.command.ListkeysResponse;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.keys.PushkeyNamespaces;
import org.hgwire.server.repository.work.Work;

/** The values of a pushkey namespace (wireprotocolv2, listkeys). */
final class ListkeysCommand extends ShortCommand {
  private ListkeysCommand(WireLimits limits) {
    super(limits);
  }

  static CommandDefinition definition(WireLimits limits) {
    return CommandDefinition.named(ListkeysRequest.COMMAND)
        .permission(Permission.PULL)
        .argument("namespace", ArgumentDescriptor.required(ArgumentType.BYTES))
        .runs(new ListkeysCommand(limits));
  }

  @Override
  Work<CborValue> respond(CommandCall call, RequestView view) throws IOException {
    ListkeysRequest request = RequestView.read(call, ListkeysRequest::read);
    return PushkeyNamespaces.list(view.snapshot(), view.graph(), request.namespace())
        .map(values -> new ListkeysResponse(values).toCbor());
  }
}

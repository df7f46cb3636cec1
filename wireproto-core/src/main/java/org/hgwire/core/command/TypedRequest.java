// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.RedirectOffer;
import org.jspecify.annotations.Nullable;

/**
 * A request for one of the commands that the protocol defines (wireprotocolv2, Commands) or for
 * {@link ClonebundlesRequest}, an extension, with arguments of the right types.
 *
 * <p>Each implementation also has a static {@code read(CborMap arguments)} for servers, which
 * throws a {@link org.hgwire.core.WireProtocolException} with code BAD_REQUEST and scope REQUEST
 * when an argument is missing, unknown, of the wrong type or not one of the valid values. An
 * argument of type set may be sent as an array. Arguments with their default value are not written.
 */
public sealed interface TypedRequest
    permits BranchmapRequest,
        CapabilitiesRequest,
        ClonebundlesRequest,
        ChangesetdataRequest,
        FiledataRequest,
        FilesdataRequest,
        HeadsRequest,
        KnownRequest,
        ListkeysRequest,
        LookupRequest,
        ManifestdataRequest,
        PushkeyRequest,
        RawstorefiledataRequest {

  /** Returns the name of the command. */
  String command();

  /** Returns the arguments by name. */
  CborMap arguments();

  /** Returns the request to send, without an offer to follow redirects. */
  default CommandRequest toRequest() {
    return toRequest(null);
  }

  /** Returns the request to send, with the redirects that the client would follow. */
  default CommandRequest toRequest(@Nullable RedirectOffer redirect) {
    return new CommandRequest(ByteString.utf8(command()), arguments(), redirect);
  }
}

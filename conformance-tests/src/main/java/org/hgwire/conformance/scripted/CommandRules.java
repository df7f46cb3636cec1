// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.hgwire.conformance.exchange.ContentHashes;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.CommandDescriptor;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.RedirectOffer;
import org.jspecify.annotations.Nullable;

/** The rules for commands: they are what the server advertises (wireprotocolv2, capabilities). */
final class CommandRules {
  private static final Map<ByteString, CommandDescriptor> ADVERTISED = new Handshakes().commands();

  private CommandRules() {}

  static @Nullable String commands(ReceivedFrames received) {
    for (CommandRequest request : received.requests().values()) {
      if (!ADVERTISED.containsKey(request.name())) {
        return "the command " + request.name().excerpt() + " is not advertised";
      }
    }
    return null;
  }

  static @Nullable String arguments(ReceivedFrames received) {
    for (CommandRequest request : received.requests().values()) {
      CommandDescriptor command = ADVERTISED.get(request.name());
      String broken = command == null ? null : arguments(request, command.arguments());
      if (broken != null) {
        return request.name().excerpt() + ": " + broken;
      }
    }
    return null;
  }

  private static @Nullable String arguments(
      CommandRequest request, Map<ByteString, ArgumentDescriptor> arguments) {
    for (Entry<CborValue, CborValue> sent : request.arguments().entries()) {
      ByteString name = ((CborBytes) sent.getKey()).value();
      ArgumentDescriptor argument = arguments.get(name);
      if (argument == null) {
        return "the argument " + name.excerpt() + " is not advertised";
      }
      try {
        argument.check(name, sent.getValue());
      } catch (WireProtocolException e) {
        return e.getMessage();
      }
    }
    for (Entry<ByteString, ArgumentDescriptor> known : arguments.entrySet()) {
      if (known.getValue().required()
          && request.arguments().get(new CborBytes(known.getKey())) == null) {
        return "the argument " + known.getKey().excerpt() + " is required";
      }
    }
    return null;
  }

  static @Nullable String redirect(ReceivedFrames received) {
    for (CommandRequest request : received.requests().values()) {
      if (request.redirect() != null && !request.redirect().targets().isEmpty()) {
        return "a redirect is offered for " + request.name().excerpt();
      }
    }
    return null;
  }

  static @Nullable String redirectTargets(ReceivedFrames received) {
    for (RedirectOffer offer : offers(received)) {
      for (ByteString target : offer.targets()) {
        if (!target.equals(ByteString.utf8(ScriptedContent.TARGET))) {
          return "the target " + target.excerpt() + " is offered, which nobody can use";
        }
      }
    }
    return null;
  }

  static @Nullable String redirectHashes(ReceivedFrames received) {
    for (RedirectOffer offer : offers(received)) {
      if (!offer.targets().isEmpty()
          && offer.hashes().stream().noneMatch(hash -> ContentHashes.has(hash.utf8()))) {
        return "a redirect is offered without a hash that is advertised";
      }
    }
    return null;
  }

  private static List<RedirectOffer> offers(ReceivedFrames received) {
    List<RedirectOffer> offers = new ArrayList<>();
    for (CommandRequest request : received.requests().values()) {
      RedirectOffer offer = request.redirect();
      if (offer != null) {
        offers.add(offer);
      }
    }
    return offers;
  }
}

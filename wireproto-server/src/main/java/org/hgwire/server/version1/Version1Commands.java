// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.version1;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.hgwire.core.ByteString;
import org.hgwire.core.PeerText;
import org.hgwire.core.command.BranchmapRequest;
import org.hgwire.core.command.CapabilitiesRequest;
import org.hgwire.core.command.ClonebundlesRequest;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.KnownRequest;
import org.hgwire.core.command.ListkeysRequest;
import org.hgwire.core.command.LookupRequest;
import org.hgwire.core.command.PushkeyRequest;
import org.hgwire.server.CommandEvents;
import org.hgwire.server.CommandRegistry;
import org.hgwire.server.CommandReport;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.Caller;
import org.hgwire.server.command.CloneBundleOffer;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.Repository;

/**
 * The commands of version 1 of the protocol (wireprotocol, Commands), for any transport. Safe for
 * use by several threads.
 *
 * <p>A transport makes a {@link Version1Session} for each request, {@linkplain #open opens} the
 * call, advances it until there is a response, and pulls that at the pace of its client.
 */
public final class Version1Commands {
  /** The command that has several others in one request. */
  public static final String BATCH = "batch";

  private static final String OLD = "only Mercurial before 1.9 sends it: use a later version";

  /** The commands that clients may know and that are not served, each with the reason. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "branches",
          OLD,
          "changegroup",
          OLD,
          "changegroupsubset",
          OLD,
          "stream_out",
          "clone without --stream",
          "unbundle",
          "nothing can be pushed here over version 1 of the protocol");

  private final CommandRegistry registry;
  private final Version1Capabilities capabilities;
  private final Map<String, Version1Command> commands = new HashMap<>();
  private final BatchCommand batch;

  /**
   * Makes the commands.
   *
   * @param options what the server offers
   * @param transport the capabilities of the transport, which are advertised besides those of the
   *     commands
   */
  public Version1Commands(ServerOptions options, List<String> transport) {
    registry = options.registry();
    batch = new BatchCommand(this, options.limits());
    add(
        new ValueCommand(
            BranchmapRequest.COMMAND,
            arguments -> new BranchmapRequest().arguments(),
            ValueTexts::branchmap));
    add(
        new ValueCommand(
            ClonebundlesRequest.COMMAND,
            arguments -> new ClonebundlesRequest().arguments(),
            ValueTexts::clonebundles));
    add(
        new ValueCommand(
            HeadsRequest.COMMAND,
            arguments -> new HeadsRequest(false).arguments(),
            ValueTexts::heads));
    add(
        new ValueCommand(
            KnownRequest.COMMAND,
            arguments ->
                new KnownRequest(HexNodes.read("nodes", arguments.require("nodes"))).arguments(),
            ValueTexts::known));
    add(
        new ValueCommand(
            ListkeysRequest.COMMAND,
            arguments -> new ListkeysRequest(arguments.require("namespace")).arguments(),
            ValueTexts::listkeys));
    add(
        new ValueCommand(
            LookupRequest.COMMAND,
            arguments -> new LookupRequest(arguments.require("key")).arguments(),
            ValueTexts::lookup,
            ValueTexts::notFound));
    add(
        new ValueCommand(
            PushkeyRequest.COMMAND,
            arguments ->
                new PushkeyRequest(
                        arguments.require("namespace"),
                        arguments.require("key"),
                        arguments.require("old"),
                        arguments.require("new"))
                    .arguments(),
            ValueTexts::pushkey));
    commands.put(
        CommandRegistry.GETBUNDLE, new GetbundleCommand(registry.settings(), options.limits()));
    CloneBundleOffer cloneBundles = registry.cloneBundles();
    commands.put(ManifestCommand.NAME, new ManifestCommand(cloneBundles));
    commands.put(InlineBundleCommand.NAME, new InlineBundleCommand(cloneBundles));
    capabilities = new Version1Capabilities(registry, transport);
    commands.put(CapabilitiesRequest.COMMAND, capabilities);
  }

  private void add(ValueCommand command) {
    commands.put(command.name(), command);
  }

  /**
   * Returns the capabilities that are reported to a caller about a repository, separated by spaces.
   *
   * @throws IOException if the repository cannot be read
   */
  public ByteString capabilities(Caller caller, Repository repository) throws IOException {
    return capabilities.of(caller, repository);
  }

  /** Returns whether a command needs the permission to push. */
  public boolean pushes(String command) {
    CommandDefinition definition = commands.containsKey(command) ? registry.find(command) : null;
    return definition != null && definition.permission() == Permission.PUSH;
  }

  /**
   * Opens a call of a command. Whatever is wrong with it becomes the response.
   *
   * @param command its name, as the client sent it
   */
  public Version1Call open(String command, Version1Arguments arguments, Version1Session session) {
    if (command.equals(BATCH)) {
      return batch.open(session, arguments);
    }
    Version1Command known = commands.get(command);
    return known != null && known.isOfferedBy(registry)
        ? new ReportedCall(command, known, session, arguments)
        : notOffered(command, session);
  }

  private static Version1Call notOffered(String command, Version1Session session) {
    CommandEvents report = session.events().command(CommandReport.UNKNOWN);
    String why = REFUSED.get(command);
    Version1Response response =
        why == null
            ? new Version1Response.Malformed(
                "there is no command \"" + PeerText.excerpt(command) + "\" here")
            : new Version1Response.Refused(
                "the command " + command + " is not served here: " + why);
    report.refused(why == null ? "unknown command" : why);
    report.ended(OptionalLong.empty());
    return Version1Call.of(response);
  }
}

// SPDX-License-Identifier: Apache-2.0
/**
 * The commands, as both roles use them ({@code hg help internals.wireprotocolv2}).
 *
 * <p>Begin with {@link org.hgwire.core.command.TypedRequest}: a record for the arguments of each
 * command, in terms of {@link org.hgwire.core.command.Node}, {@link
 * org.hgwire.core.command.RevisionSpecifier} and {@link org.hgwire.core.command.PathFilter}. The
 * values of responses come in this order: a header such as {@link
 * org.hgwire.core.command.DataHeader}, records such as {@link
 * org.hgwire.core.command.ChangesetRecord} and {@link org.hgwire.core.command.RevisionRecord}, and
 * the {@link org.hgwire.core.command.FollowingField}s after each. {@link
 * org.hgwire.core.command.Handshake} and {@link org.hgwire.core.command.ServerCapabilities} are
 * what a server declares about itself, and {@link org.hgwire.core.command.HttpV2Api} has the names
 * that it uses in HTTP. Each type has {@code read}, which reports malformed values as the peer's
 * fault, and {@code toCbor} or {@code arguments}.
 */
@NullMarked
package org.hgwire.core.command;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * What both roles know of the commands ({@code hg help internals.wireprotocolv2}).
 *
 * <p>Begin with {@link org.hgwire.core.command.TypedRequest}: a record for the arguments of each
 * command, in the terms of {@link org.hgwire.core.command.Node}, {@link
 * org.hgwire.core.command.RevisionSpecifier} and {@link org.hgwire.core.command.PathFilter}. Then
 * come the values of responses in the order they are sent: a header such as {@link
 * org.hgwire.core.command.DataHeader}, records such as {@link
 * org.hgwire.core.command.ChangesetRecord} and {@link org.hgwire.core.command.RevisionRecord}, and
 * the {@link org.hgwire.core.command.FollowingField}s after each. {@link
 * org.hgwire.core.command.Handshake} and {@link org.hgwire.core.command.ServerCapabilities} are
 * what a server says of itself. Each has {@code read}, which blames the peer for what is not as it
 * should be, and {@code toCbor} or {@code arguments}.
 */
@NullMarked
package org.hgwire.core.command;

import org.jspecify.annotations.NullMarked;

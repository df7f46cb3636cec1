// SPDX-License-Identifier: Apache-2.0
/**
 * Version 1 of the protocol: its commands and their responses, for any transport.
 *
 * <p>Begin with {@link org.hgwire.server.version1.Version1Commands}. A transport opens a {@link
 * org.hgwire.server.version1.Version1Call} with the name of a command, its {@link
 * org.hgwire.server.version1.Version1Arguments} and a {@link
 * org.hgwire.server.version1.Version1Session}; the call is advanced until it returns a {@link
 * org.hgwire.server.version1.Version1Response}: bytes, a stream, or an error.
 *
 * <p>Inside, a {@code ValueCommand} runs the command of version 2 with the same name and turns its
 * value into text ({@code ValueTexts}); {@code BatchCommand} opens calls of others. A {@code
 * ReportedCall} is around each, so that access control and listener see the commands of both
 * versions alike.
 */
@NullMarked
package org.hgwire.server.version1;

import org.jspecify.annotations.NullMarked;

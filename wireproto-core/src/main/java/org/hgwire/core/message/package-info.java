// SPDX-License-Identifier: Apache-2.0
/**
 * What frames carry, as values ({@code hg help internals.wireprotocolrpc}).
 *
 * <p>Begin with {@link org.hgwire.core.message.CommandRequest} and {@link
 * org.hgwire.core.message.ResponseStatus}, the two ends of a command, then {@link
 * org.hgwire.core.message.CommandError} and {@link org.hgwire.core.message.ContentLocation}, the
 * other outcomes. {@link org.hgwire.core.message.SenderSettings} opens an exchange, {@link
 * org.hgwire.core.message.ErrorResponse} ends it, and {@link
 * org.hgwire.core.message.ProgressUpdate} and {@link org.hgwire.core.message.RichMessage} are for
 * people. Each has {@code read}, which blames the peer for what is not as it should be, and {@code
 * toCbor}.
 */
@NullMarked
package org.hgwire.core.message;

import org.jspecify.annotations.NullMarked;

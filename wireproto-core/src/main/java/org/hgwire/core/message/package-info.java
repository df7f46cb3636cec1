// SPDX-License-Identifier: Apache-2.0
/**
 * The content of frames, as values ({@code hg help internals.wireprotocolrpc}).
 *
 * <p>Begin with {@link org.hgwire.core.message.CommandRequest} and {@link
 * org.hgwire.core.message.ResponseStatus}, the start of a request and of a response, then {@link
 * org.hgwire.core.message.CommandError} and {@link org.hgwire.core.message.ContentLocation}, the
 * other outcomes. {@link org.hgwire.core.message.SenderSettings} opens an exchange, {@link
 * org.hgwire.core.message.ErrorResponse} ends it, and {@link
 * org.hgwire.core.message.ProgressUpdate} and {@link org.hgwire.core.message.RichMessage} are for
 * people. Each has {@code read}, which reports malformed values as the peer's fault, and {@code
 * toCbor}.
 */
@NullMarked
package org.hgwire.core.message;

import org.jspecify.annotations.NullMarked;

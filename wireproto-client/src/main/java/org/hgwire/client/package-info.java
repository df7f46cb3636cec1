// SPDX-License-Identifier: Apache-2.0
/**
 * The client role: a repository on a server, its commands, and batches of them.
 *
 * <p>Begin with {@link org.hgwire.client.Peer#connect(String)}; every command of the protocol is a
 * method of {@link org.hgwire.client.Peer}, and {@link org.hgwire.client.Batch} sends several in
 * one request. {@link org.hgwire.client.PeerOptions} has the timeouts, retries, credentials, TLS,
 * proxy and redirects; {@link org.hgwire.client.ExchangeListener} sees what goes over the wire. To
 * copy a repository, see {@link org.hgwire.client.pull}.
 *
 * <p>A method that sends a command throws a {@link org.hgwire.client.PeerException}, whose subtype
 * says what failed. {@link org.hgwire.client.Peer#download} throws {@link
 * org.hgwire.redirects.RedirectException} instead: it fetches from elsewhere, not from the server.
 *
 * <p>Inside, a {@code Session} has what all exchanges of a peer share: the result of the handshake
 * (made by {@code Handshaker}), the {@code Connector} that adds headers and follows HTTP redirects,
 * and the content redirects that may be followed ({@code Redirects}). A batch becomes one {@code
 * Exchange}, which makes one {@code Attempt} after another, as {@code Retries} allows. The data of
 * an attempt goes up:
 *
 * <pre>
 * HttpTransport → Attempt → Exchange → ResponseQueue → InlineSource ─→ ResponseReader
 *                            ContentDownload → RedirectedSource ─↗         ↓
 *                         RevisionStream, CommandResult, … ← CommandResponse
 * </pre>
 *
 * <p>Over version 1 of the protocol a batch becomes a {@code Version1Batch}, which sends texts over
 * the {@code Version1Connection} and reads all responses at once, and a bundle is a {@code
 * Version1Stream}.
 *
 * <p>No thread is started: the thread that reads a response does the I/O of its exchange, and puts
 * what belongs to other responses into their queues, in memory and then in a file. {@code
 * ResponseReader} hides where a response comes from: if the target of a redirect fails, it sends
 * the command again and continues.
 */
@NullMarked
package org.hgwire.client;

import org.jspecify.annotations.NullMarked;

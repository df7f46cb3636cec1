// SPDX-License-Identifier: Apache-2.0
/**
 * The adapter for Netty: HTTP/1.1, HTTP/2 and TLS around {@link
 * org.hgwire.server.http.HttpEndpoint}.
 *
 * <p>Begin with {@link org.hgwire.server.netty.HgWireServer}, a ready server:
 *
 * <pre>{@code
 * try (HgWireServer server = HgWireServer.builder(options).port(8000).start()) { … }
 * }</pre>
 *
 * <p>Without TLS a client uses HTTP/1.1, or HTTP/2 with prior knowledge. With an {@code SslContext}
 * the protocol is negotiated by ALPN if it is configured for that, as those of {@link
 * org.hgwire.server.netty.ServerTls} are; without that, every client uses HTTP/1.1.
 *
 * <p>A host that has its own Netty pipeline adds a new {@link
 * org.hgwire.server.netty.HgWireHandler} to each channel instead: after {@code HttpServerCodec},
 * or, in each stream of HTTP/2, after {@code Http2StreamFrameToHttpObjectCodec}. It serves every
 * request of its channel; route before it. The codecs and their limits, TLS, and the times of a
 * connection before its first request and of an HTTP/2 connection are then up to the host.
 *
 * <p>Threads: the event loop moves bytes and never blocks; commands run on the workers, one step at
 * a time for each request, and may block on the repository. A step takes one piece of the request's
 * body or gives one buffer of the response. A buffer is pulled only while the channel is writable,
 * so a slow client holds one buffer and no thread.
 *
 * <p>Inside, {@code FirstRequest} limits the time from the connection to the first head, {@code
 * RenegotiationGuard} and {@code Http2Lifetime} watch connections with TLS and of HTTP/2. The bytes
 * go through {@code ProtocolSniffer} or ALPN to {@code HttpPipelines}, {@code HgWireHandler}
 * (requests of a channel), {@code RequestFlow} (one request) and {@code ExchangeWork} (its steps on
 * the workers). {@code AcceptGate} lets connections in as far as there are places for them, {@code
 * RequestTurns} are what a request waits for in the {@link org.hgwire.server.http.ServerBudget},
 * and {@code ThreadWatch} notices when a thread dies. {@link org.hgwire.server.http.Timeouts} limit
 * how long the server waits for a client, as {@code BodyReading} and {@code BodyWriting} measure
 * it; the time that a command takes has no limit.
 */
@NullMarked
package org.hgwire.server.netty;

import org.jspecify.annotations.NullMarked;

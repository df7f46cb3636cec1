// SPDX-License-Identifier: Apache-2.0
/**
 * The protocol over HTTP, without an HTTP server: what adapters drive.
 *
 * <p>Begin with {@link org.hgwire.server.http.HttpEndpoint}, an {@link
 * org.hgwire.server.http.HttpService} for repositories. {@link
 * org.hgwire.server.http.ContentEndpoint} is another, for stored content that clients are
 * redirected to; {@link org.hgwire.server.http.HttpService#with} puts it below a path. A host's
 * filter wraps a service, and attaches a principal to the {@link
 * org.hgwire.server.http.RequestHead}.
 *
 * <p>An adapter puts {@link org.hgwire.server.http.HttpRules} around the service, and perhaps a
 * {@link org.hgwire.server.http.HealthCheck}; it calls {@link
 * org.hgwire.server.http.HttpService#open} with the head of a request and gets an {@link
 * org.hgwire.server.http.HttpExchange}: it pushes the body in while the exchange wants input, and
 * pulls a {@link org.hgwire.server.http.ResponseHead} and buffers out while the client reads, on
 * threads that may block. {@link org.hgwire.server.http.Timeouts} and {@link
 * org.hgwire.server.http.Pace} say when a client is too slow. Before it opens an exchange, and
 * before it pulls a response, it asks the one {@link org.hgwire.server.http.ServerBudget} of the
 * server for a {@link org.hgwire.server.http.Place}, and it tells the place when it waits for the
 * client.
 *
 * <p>Inside, {@code RepositoryLookup} asks the resolver which part of the path is the repository's.
 * The rest selects the response: {@code Version1} (the handshake, and a {@code Version1Exchange}
 * around a call of {@link org.hgwire.server.version1.Version1Commands}), a text for people ({@code
 * ApiPages}), or a {@code FramedExchange} around a {@link org.hgwire.server.CommandExchange}. If
 * there is a listener, an {@code ObservedExchange} reports bytes and the end.
 */
@NullMarked
package org.hgwire.server.http;

import org.jspecify.annotations.NullMarked;

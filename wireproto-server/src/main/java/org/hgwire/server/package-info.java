// SPDX-License-Identifier: Apache-2.0
/**
 * The server role: which repositories there are, who may do what, and which commands can be called.
 *
 * <p>Begin with {@link org.hgwire.server.ServerOptions}: it needs a {@link
 * org.hgwire.server.RepositoryResolver}, and accepts an {@link org.hgwire.server.AccessControl},
 * commands, redirects, clone bundles, a {@link org.hgwire.server.ResponseCacher} and a {@link
 * org.hgwire.server.ServerListener}. With the options, make an {@link
 * org.hgwire.server.http.HttpEndpoint} and give it to an adapter for an HTTP server.
 *
 * <p>A transport other than HTTP makes a {@link org.hgwire.server.CommandExchange} for each body of
 * frames, with an {@link org.hgwire.server.Authorization}, a {@link org.hgwire.server.CommandScope}
 * and {@link org.hgwire.server.RequestEvents}. Frames are pushed in and pulled out; there are no
 * threads here, and no HTTP.
 *
 * <p>Inside, the {@code ServerReactor} makes requests of the frames, {@code CommandDispatcher}
 * makes a {@code PendingResponse} of each, and {@code PendingRequests} lets them take turns. A
 * {@code Response} opens the pending one, which asks the {@link org.hgwire.server.ResponseCacher}
 * or runs the command, and passes slices of {@link org.hgwire.server.EncodedObjects} to the reactor
 * as output is pulled. The data of a command goes from the exchange through a {@code DataIntake} to
 * the command at once.
 */
@NullMarked
package org.hgwire.server;

import org.jspecify.annotations.NullMarked;

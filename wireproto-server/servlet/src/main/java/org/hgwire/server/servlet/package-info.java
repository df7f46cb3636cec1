// SPDX-License-Identifier: Apache-2.0
/**
 * The server role in a servlet container: the adapter of Jakarta Servlet 6 over {@link
 * org.hgwire.server.http.HttpExchange}.
 *
 * <p>Begin with {@link org.hgwire.server.servlet.HgWireServlet}: a host builds one of its {@link
 * org.hgwire.server.ServerOptions}, registers it with asynchronous support, and maps it to {@code
 * /hg/*} or {@code /*}. The rest of the package is not public.
 *
 * <p>Inside, {@code RequestHeads} makes the head of a request of the container's objects. A {@code
 * RequestFlow} carries one request: it runs on the worker threads, one step at a time, and sleeps
 * until the container or a deadline wakes it. {@code RequestBody} reads what the exchange wants,
 * {@code ResponseBody} writes what the exchange returns; both are the listeners of the container's
 * streams and measure the client's pace with a {@code PacedWait}. The {@code ContainerGate} keeps a
 * worker from using the container's objects after the request has ended.
 *
 * <pre>
 * container → onDataAvailable ─┐                                   ┌→ RequestBody.read → exchange.receive
 *                              ├→ RequestFlow.wake → worker: step ─┤
 * container → onWritePossible ─┘                                   └→ exchange.nextOutput → ResponseBody.write
 * </pre>
 *
 * <p>A flow takes its {@code Turn} in the {@link org.hgwire.server.http.ServerBudget} before the
 * exchange is opened, and another before its response begins.
 *
 * <p>Nothing runs ahead: a step reads only while the exchange wants input, and pulls output only
 * when the container takes more without blocking. A client that does not read costs the buffers of
 * its connection and no thread; one that goes away closes the exchange.
 */
@NullMarked
package org.hgwire.server.servlet;

import org.jspecify.annotations.NullMarked;

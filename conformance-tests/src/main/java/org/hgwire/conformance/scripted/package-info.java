// SPDX-License-Identifier: Apache-2.0
/**
 * The server that clients are tested against. It serves one tiny history over version 2, right in
 * everything, but for what a case alters: {@link org.hgwire.conformance.scripted.TinyHistory} is
 * what it has, {@link org.hgwire.conformance.scripted.CommandObjects} the objects of the response
 * to any request for it, {@link org.hgwire.conformance.scripted.ResponseDraft} a response on its
 * way from objects to frames to bytes of HTTP, and an {@link
 * org.hgwire.conformance.scripted.Alteration} what is done to it on the way.
 *
 * <p>{@link org.hgwire.conformance.scripted.ScriptedServer} serves any number of such repositories,
 * each at a path of its own, and keeps what it was asked; {@link
 * org.hgwire.conformance.scripted.RequestRule} says whether that was sound.
 */
@NullMarked
package org.hgwire.conformance.scripted;

import org.jspecify.annotations.NullMarked;

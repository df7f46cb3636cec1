// SPDX-License-Identifier: Apache-2.0
/**
 * Proof that every case for clients can fail: clients with one fault at a time.
 *
 * <p>Most are our client, and between it and the server a {@link
 * org.hgwire.conformance.suite.mutants.client.ClientFault}: what it does to requests and responses
 * is what a client does that lacks a rule of the protocol. What our client verifies itself, such as
 * hashes, cannot be undone there: for that there is {@link
 * org.hgwire.conformance.suite.mutants.client.PlainClone}, a client whose checks can be left out,
 * and for redirects {@link org.hgwire.conformance.suite.mutants.client.PlainRedirect}.
 */
@NullMarked
package org.hgwire.conformance.suite.mutants.client;

import org.jspecify.annotations.NullMarked;

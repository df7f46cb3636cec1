// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

/**
 * The sentence that a case tests.
 *
 * @param document the topic of {@code hg help internals}, such as {@code wireprotocolrpc}
 * @param sentence its words, as Mercurial 5.6.1 has them, white space joined
 */
public record Citation(String document, String sentence) {}

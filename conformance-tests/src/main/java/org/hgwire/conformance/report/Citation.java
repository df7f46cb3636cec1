// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.report;

/**
 * The sentence of the protocol's texts that a case checks.
 *
 * @param document the name of the text, such as {@code wireprotocolrpc}
 * @param sentence the sentence
 */
public record Citation(String document, String sentence) {}

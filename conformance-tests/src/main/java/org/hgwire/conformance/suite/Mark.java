// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

/**
 * Where in an exchange the reason for a failure is seen.
 *
 * @param line the index of the line among those that were received
 * @param from the first character of it
 * @param to the end of what is marked, exclusive
 */
public record Mark(int line, int from, int to) {}

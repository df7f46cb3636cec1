// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

/**
 * The error that answers a command, in its status map or in the middle of its response.
 *
 * @param message what went wrong
 */
public record CommandError(RichMessage message) {}

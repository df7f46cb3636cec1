// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.util.OptionalLong;

/**
 * The beginning of a response, before its body.
 *
 * @param status the status code
 * @param fields the header fields; the transport adds those that frame the body (Content-Length,
 *     Transfer-Encoding)
 * @param length the length of the body in bytes, if it is known
 */
public record ResponseHead(int status, HttpFields fields, OptionalLong length) {}

// SPDX-License-Identifier: Apache-2.0
/** The protocol over HTTP without a server library: handshake, routing, status codes. */
@NullMarked
package org.hgwire.server.http;

import org.jspecify.annotations.NullMarked;

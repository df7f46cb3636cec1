// SPDX-License-Identifier: Apache-2.0
/**
 * Responses from elsewhere: the cache of responses, and redirects to content stores and mirrors
 * (wireprotocolrpc, Content Redirects).
 */
@NullMarked
package org.hgwire.server.offload;

import org.jspecify.annotations.NullMarked;

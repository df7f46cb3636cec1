// SPDX-License-Identifier: Apache-2.0
/**
 * The dispatcher: request, permission, command, response. Frames in, frames out; no HTTP and no
 * threads of its own.
 */
@NullMarked
package org.hgwire.server;

import org.jspecify.annotations.NullMarked;

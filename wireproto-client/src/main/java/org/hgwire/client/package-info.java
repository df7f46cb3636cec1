// SPDX-License-Identifier: Apache-2.0
/** The client role: a peer, typed commands, batches, pull. */
@NullMarked
package org.hgwire.client;

import org.jspecify.annotations.NullMarked;

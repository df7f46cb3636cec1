// SPDX-License-Identifier: Apache-2.0
/**
 * What a case sends to a server and what comes back, byte for byte: HTTP over a socket of its own,
 * responses of version 2 as frames, responses of version 1 as texts and bundles.
 */
@NullMarked
package org.hgwire.conformance.exchange;

import org.jspecify.annotations.NullMarked;

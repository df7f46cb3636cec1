// SPDX-License-Identifier: Apache-2.0
/** The thin adapter for Netty, and a ready server. */
@NullMarked
package org.hgwire.server.netty;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** The two state machines: bytes in, events out; commands or objects in, bytes out. */
@NullMarked
package org.hgwire.core.reactor;

import org.jspecify.annotations.NullMarked;

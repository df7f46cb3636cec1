// SPDX-License-Identifier: Apache-2.0
/** Version 1 of the protocol: recorded from each version of hg, and spoken with each of them. */
@NullMarked
package org.hgwire.conformance.version1;

import org.jspecify.annotations.NullMarked;

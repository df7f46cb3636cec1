// SPDX-License-Identifier: Apache-2.0
/** Version 2 of the protocol: our server beside that of hg 5.6.1, over one repository on disk. */
@NullMarked
package org.hgwire.conformance.version2;

import org.jspecify.annotations.NullMarked;

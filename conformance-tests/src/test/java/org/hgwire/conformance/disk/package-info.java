// SPDX-License-Identifier: Apache-2.0
/** Disks that fail, that were damaged, and processes that were killed while they wrote. */
@NullMarked
package org.hgwire.conformance.disk;

import org.jspecify.annotations.NullMarked;

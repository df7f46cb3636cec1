// SPDX-License-Identifier: Apache-2.0
/** Large responses and slow readers, in processes with a small heap. */
@NullMarked
package org.hgwire.conformance.memory;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * A writer of revlogs for tests, well-formed or not: {@link org.hgwire.store.testing.RevlogWriter}.
 */
@NullMarked
package org.hgwire.store.testing;

import org.jspecify.annotations.NullMarked;

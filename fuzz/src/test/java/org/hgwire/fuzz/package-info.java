// SPDX-License-Identifier: Apache-2.0
/** The targets and their seeds, without Jazzer. */
@NullMarked
package org.hgwire.fuzz;

import org.jspecify.annotations.NullMarked;

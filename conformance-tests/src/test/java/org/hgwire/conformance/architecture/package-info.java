// SPDX-License-Identifier: Apache-2.0
/** The layers: which module and package may know which. */
@NullMarked
package org.hgwire.conformance.architecture;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** The {@code hgwire} command line. */
@NullMarked
package org.hgwire.examples.cli;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** The library embedded: the snippets of the README, as programs that run. */
@NullMarked
package org.hgwire.examples.embedding;

import org.jspecify.annotations.NullMarked;

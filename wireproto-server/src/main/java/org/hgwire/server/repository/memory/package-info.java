// SPDX-License-Identifier: Apache-2.0
/** A repository in memory: the repository contract, implemented from outside. */
@NullMarked
package org.hgwire.server.repository.memory;

import org.jspecify.annotations.NullMarked;

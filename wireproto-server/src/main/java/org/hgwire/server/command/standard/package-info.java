// SPDX-License-Identifier: Apache-2.0
/** The commands of the protocol, each over the repository contract. */
@NullMarked
package org.hgwire.server.command.standard;

import org.jspecify.annotations.NullMarked;

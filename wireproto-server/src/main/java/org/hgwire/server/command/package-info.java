// SPDX-License-Identifier: Apache-2.0
/** The registry of commands, what a command is, and the standard commands of wire protocol v2. */
@NullMarked
package org.hgwire.server.command;

import org.jspecify.annotations.NullMarked;

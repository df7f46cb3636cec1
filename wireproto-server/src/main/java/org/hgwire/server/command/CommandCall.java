// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import org.hgwire.core.cbor.CborMap;
import org.hgwire.server.repository.Repository;

/**
 * One call of a command: its arguments were checked against the command's declaration, and defaults
 * are filled in.
 *
 * @param caller who asks
 * @param repository the repository it is about
 * @param arguments the arguments by name
 */
public record CommandCall(Caller caller, Repository repository, CborMap arguments) {}

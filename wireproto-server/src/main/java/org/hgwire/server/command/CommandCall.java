// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import org.hgwire.core.cbor.CborMap;
import org.hgwire.server.repository.Repository;

/**
 * One call of a command.
 *
 * @param caller the caller
 * @param repository the repository that the command is called on
 * @param arguments the arguments by name, checked against the declaration of the command, with
 *     defaults filled in
 */
public record CommandCall(Caller caller, Repository repository, CborMap arguments) {}

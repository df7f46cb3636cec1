// SPDX-License-Identifier: Apache-2.0
/**
 * What both roles know of the commands ({@code hg help internals.wireprotocolv2}): nodes, revision
 * specifiers, path filters, arguments, records of responses, capabilities.
 */
@NullMarked
package org.hgwire.core.command;

import org.jspecify.annotations.NullMarked;

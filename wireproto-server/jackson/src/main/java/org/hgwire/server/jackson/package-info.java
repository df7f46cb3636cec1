// SPDX-License-Identifier: Apache-2.0
/**
 * A bridge to Jackson for a host's own commands: they take and return mapped objects, while what
 * goes over the wire is Mercurial's CBOR. Needs jackson-databind, which the library does not bring.
 */
@NullMarked
package org.hgwire.server.jackson;

import org.jspecify.annotations.NullMarked;

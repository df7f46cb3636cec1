// SPDX-License-Identifier: Apache-2.0
/** Repositories on disk that are made to harm the server, beside a good one. */
@NullMarked
package org.hgwire.conformance.hostile;

import org.jspecify.annotations.NullMarked;

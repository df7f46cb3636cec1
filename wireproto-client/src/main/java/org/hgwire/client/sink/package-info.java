// SPDX-License-Identifier: Apache-2.0
/** What a pull fills. */
@NullMarked
package org.hgwire.client.sink;

import org.jspecify.annotations.NullMarked;

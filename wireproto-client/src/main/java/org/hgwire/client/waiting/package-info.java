// SPDX-License-Identifier: Apache-2.0
/** Changesets that were verified and wait for what decides whether they are kept. */
@NullMarked
package org.hgwire.client.waiting;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** Where a server's manifest of clone bundles comes from, and which client is shown what of it. */
@NullMarked
package org.hgwire.server.clonebundles;

import org.jspecify.annotations.NullMarked;

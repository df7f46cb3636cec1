// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import java.time.Instant;

/**
 * A bundle that is deleted when no manifest lists it.
 *
 * @param bundle the bundle
 * @param since when it was replaced, or put without being listed
 */
record RetiredBundle(StoredBundle bundle, Instant since) {}

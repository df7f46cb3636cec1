// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.jspecify.annotations.Nullable;

/**
 * A clone bundle that could not be used. The pull goes on without it.
 *
 * @param entry the entry of the manifest; null if the manifest itself could not be had
 * @param reason why: {@link org.hgwire.redirects.RedirectException} if it could not be downloaded
 *     or is not what the manifest says, {@link org.hgwire.client.bundle.BundleException} if it
 *     cannot be applied, {@link org.hgwire.client.PeerException} if the manifest could not be had
 */
public record CloneBundleFailure(@Nullable CloneBundleEntry entry, IOException reason) {}

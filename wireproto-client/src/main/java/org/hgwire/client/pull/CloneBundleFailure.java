// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.jspecify.annotations.Nullable;

/**
 * A clone bundle that could not be used. The pull continues without it.
 *
 * @param entry the entry of the manifest; null if the manifest itself was unavailable
 * @param reason {@link org.hgwire.redirects.RedirectException} if the bundle could not be
 *     downloaded or does not match the manifest, {@link org.hgwire.client.bundle.BundleException}
 *     if it could not be applied, {@link org.hgwire.client.PeerException} if the manifest was
 *     unavailable
 */
public record CloneBundleFailure(@Nullable CloneBundleEntry entry, IOException reason) {}

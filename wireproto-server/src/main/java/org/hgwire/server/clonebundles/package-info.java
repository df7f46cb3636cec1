// SPDX-License-Identifier: Apache-2.0
/**
 * Clone bundles of a server: where its manifest comes from, and which entries each client gets.
 *
 * <p>Begin with {@link org.hgwire.server.clonebundles.ManifestFile}, a source for {@code
 * ServerOptions.cloneBundles}, and {@link org.hgwire.server.clonebundles.CloneBundlePolicy}, which
 * filters and orders what a source returns: {@link
 * org.hgwire.server.clonebundles.CloneBundlePolicies} has ready ones, by region, content delivery
 * network and private network. {@link org.hgwire.server.clonebundles.AddressRegions} is the table
 * of regions that they use.
 *
 * <p>{@link org.hgwire.server.clonebundles.CloneBundlePublisher} makes bundles, puts them into a
 * content store and writes the manifest; {@link org.hgwire.server.clonebundles.BundleFiles} writes
 * one bundle.
 *
 * <p>Per request, the source reads the manifest if its file has changed, the policies are applied
 * in order, and the command sends the entries that are left.
 */
@NullMarked
package org.hgwire.server.clonebundles;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * Clone bundles: the manifest, its lint, and which entries a client uses ({@code hg help -e
 * clonebundles}). Nothing here opens a connection.
 *
 * <p>Begin with {@link org.hgwire.redirects.clonebundles.CloneBundleManifest}, which parses and
 * prints. A client passes its entries to {@link org.hgwire.redirects.clonebundles.BundleSelection},
 * with its {@link org.hgwire.redirects.clonebundles.ClientCapabilities} and its user's {@link
 * org.hgwire.redirects.clonebundles.BundlePreference}s, and downloads the first that it selects,
 * checked against {@link org.hgwire.redirects.clonebundles.CloneBundleEntry#expectation}. A
 * publisher passes the text to {@link org.hgwire.redirects.clonebundles.ManifestLint}.
 *
 * <p>Inside, {@code ManifestParser} is the only reader of manifests, {@code EntryFilter} decides
 * about one entry, and {@code AttributeLint} and {@code UrlLint} have the rules of the lint.
 */
@NullMarked
package org.hgwire.redirects.clonebundles;

import org.jspecify.annotations.NullMarked;

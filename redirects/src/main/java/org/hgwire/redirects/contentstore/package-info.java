// SPDX-License-Identifier: Apache-2.0
/**
 * Content stores: where a server puts the content that it redirects to. Content is addressed by its
 * SHA-256, written once, and visible when it is complete.
 *
 * <p>Begin with {@link org.hgwire.redirects.contentstore.ContentStore}, the contract, and {@link
 * org.hgwire.redirects.contentstore.FileContentStore}, files for a static web server. Each store is
 * built from its redirect target. Object stores are in a separate artifact, which {@link
 * org.hgwire.redirects.contentstore.ObjectStoreProvider} finds.
 *
 * <p>The data goes through {@link org.hgwire.redirects.contentstore.ContentHasher}, which makes a
 * {@link org.hgwire.redirects.contentstore.ContentDescription} of it while it is written to a local
 * file; {@code put} then copies that file into a store, and {@code find} returns where clients get
 * it. {@link org.hgwire.redirects.contentstore.HashedFiles} is the directory that file stores and
 * the cache of responses share.
 */
@NullMarked
package org.hgwire.redirects.contentstore;

import org.jspecify.annotations.NullMarked;

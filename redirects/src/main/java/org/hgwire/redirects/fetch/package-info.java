// SPDX-License-Identifier: Apache-2.0
/**
 * Downloads of redirected content and clone bundles: they resume, verify, and then return bytes.
 *
 * <p>Begin with {@link org.hgwire.redirects.fetch.ContentDownload}. It needs an HTTP library behind
 * {@link org.hgwire.redirects.fetch.ContentFetcher}, whose Javadoc says what an implementation has
 * to check; the client has one for OkHttp.
 *
 * <p>Inside, bytes come from {@code ResumedBody}, which asks {@code ContentOpener} for a body at
 * the beginning and after each cut ({@code Validators} tells whether the rest still belongs to the
 * same content, {@code Pace} whether the host is too slow). They go through the verifier into
 * {@code UnverifiedBytes}, in memory or a {@link org.hgwire.redirects.fetch.SpillFile}, and leave
 * it when they are verified.
 */
@NullMarked
package org.hgwire.redirects.fetch;

import org.jspecify.annotations.NullMarked;

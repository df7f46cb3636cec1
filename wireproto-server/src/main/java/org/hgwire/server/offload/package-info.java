// SPDX-License-Identifier: Apache-2.0
/**
 * Responses from elsewhere: the cache of responses, and redirects to content stores and mirrors
 * (wireprotocolrpc, Content Redirects).
 *
 * <p>Begin with {@link org.hgwire.server.offload.ContentOffload}: it is built from content stores,
 * and a server gets it as its cacher and as what advertises redirects. {@link
 * org.hgwire.server.offload.Mirrors} is another cacher, for servers that have the same
 * repositories; {@link org.hgwire.server.offload.RedirectTargets} advertises by the client's
 * address.
 *
 * <p>Inside, {@code ResponseKeys} computes the key of a call's response. The first call with a key
 * begins a {@code SharedResponse} in {@code RunningResponses}, which writes a {@code ResponseFile}
 * that all clients read until it is complete. {@code StateWatch} makes sure that it is of one state
 * of the repository; then {@code KeptResponses} keeps it, and a {@code StoreFeed} per content store
 * puts it there. Later calls get it from the file, as {@code KeptObjects}, or from a copy with the
 * client's content encoding, as {@code EncodedCopy}, or a location from {@code Locations}. {@code
 * EncodedCopies} has the copies made, block by block, by {@code EncodedCopyWriter}.
 */
@NullMarked
package org.hgwire.server.offload;

import org.jspecify.annotations.NullMarked;

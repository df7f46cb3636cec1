// SPDX-License-Identifier: Apache-2.0
/**
 * Bundles of a repository's changesets, made as they are read: the response to {@code getbundle},
 * and bundle files.
 *
 * <p>Begin with {@link org.hgwire.server.bundle.BundleSource}: it makes the bundle of a {@link
 * org.hgwire.server.bundle.BundleRequest}, which {@link
 * org.hgwire.server.bundle.GetbundleArguments} reads from the arguments of a client, and a caller
 * that writes a file makes itself.
 *
 * <p>Theory of operation. First the outgoing changesets are found: the ancestors of the heads that
 * are no ancestors of what is common. Then revisions are searched that these changesets share with
 * others that are not sent (hidden, or on other branches), because their stores have them under the
 * others. Then all is written, store by store and revision by revision. A stored delta is sent as
 * it is if the receiver has its base: from before, or because it was sent earlier in the same
 * group. What the store cannot tell is never guessed: a delta against anything else is made from
 * the texts.
 *
 * <p>A host may have stored bundles ({@link org.hgwire.server.repository.PullBundle}). Where one
 * fits what is outgoing, {@code PullBundleSearch} finds it, {@code PullBundleCheck} has read it
 * once to the end, and its bytes are sent.
 */
@NullMarked
package org.hgwire.server.bundle;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * What a pull fills: the contract of a sink.
 *
 * <p>Ready sinks are in {@code org.hgwire.client.store}. {@link org.hgwire.client.sink.PullSink} is
 * what to implement for your own repository, and says what an implementor may rely on; {@link
 * org.hgwire.client.sink.ForwardingPullSink} adds something, such as an index, to a sink.
 *
 * <p>A sink gets a {@link org.hgwire.client.sink.PulledRevision}: a {@link
 * org.hgwire.client.sink.RevisionKey}, parents, and the whole verified {@link
 * org.hgwire.client.sink.RevisionText}, which it copies; where the server has no text, what it
 * sends instead is a {@link org.hgwire.client.sink.TextSubstitute}. At the end of a pull it gets
 * the {@link org.hgwire.client.sink.RepositoryState}: heads, bookmarks and phases. A sink that says
 * so takes a {@link org.hgwire.client.sink.RepositoryPart}: some paths, the newest changesets.
 */
@NullMarked
package org.hgwire.client.sink;

import org.jspecify.annotations.NullMarked;

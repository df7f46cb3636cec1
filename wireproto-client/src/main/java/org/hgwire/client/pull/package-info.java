// SPDX-License-Identifier: Apache-2.0
/**
 * A verified pull: everything that a server has and a sink lacks.
 *
 * <p>Begin with {@link org.hgwire.client.pull.Pull#run(org.hgwire.client.Peer,
 * org.hgwire.client.sink.PullSink)} and a sink, such as the repository of {@code client.store}.
 * {@link org.hgwire.client.pull.PullOptions} has batch sizes, memory and clone bundles, {@link
 * org.hgwire.client.pull.PullListener} gets the progress, {@link
 * org.hgwire.client.pull.BundleApplier} applies a bundle from a file. For an index, {@link
 * org.hgwire.client.pull.ChangedPaths} says what changesets did to which paths.
 *
 * <p>Inside, a pull runs in steps, each with its requests: {@code CloneBundleStep} (only at first),
 * {@code Discovery} with {@code CommonSearch}; then, over version 1 of the protocol, {@code
 * GetbundleStep}; over version 2 {@code ChangesetStep}, or with a depth {@code
 * ShallowChangesetStep}; then, per batch of changesets, {@code ManifestStep}, {@code FilesStep} and
 * {@code FilesCheck}. Every revision takes one way:
 *
 * <pre>
 * record and its data → RevisionReceiver → TextResolver → PulledRevision → PullSink
 * revision of a bundle → BundleIntake ────────┘   ↑ base of a delta: BaseCache, or the sink
 * </pre>
 *
 * <p>{@code SplitRequests} sends what is too long for one request in several. {@code TextResolver}
 * is the only place where a delta is applied, and where a text is checked against its node, or
 * found to be a substitute; nothing gets into a sink around it, and no manifest around {@code
 * ManifestCheck}. {@code FilesCheck} then checks that nothing was omitted, and requests by their
 * nodes, as {@code SingleFiles}, what {@code filesdata} left out: every file revision in a manifest
 * is in the sink before a changeset is reported as complete.
 */
@NullMarked
package org.hgwire.client.pull;

import org.jspecify.annotations.NullMarked;

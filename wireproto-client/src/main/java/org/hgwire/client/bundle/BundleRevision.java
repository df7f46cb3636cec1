// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.bundle;

import java.io.InputStream;
import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.DeltaHeader;
import org.hgwire.core.bundle.Segment;
import org.jspecify.annotations.Nullable;

/**
 * A revision in a bundle; valid until the next one is read.
 *
 * @param segment the kind of revision
 * @param path the file, or the directory with a slash at its end; else empty
 * @param header its node, parents, flags and the base of its delta
 * @param length the length of the delta in bytes
 * @param delta the delta if it is in memory, which it is up to {@link
 *     org.hgwire.core.WireLimit#WHOLE_BUNDLE_DELTA}; else null
 * @param stream the delta, which can be read once. A read throws {@link BundleException}, or what
 *     the source of the bundle throws
 */
public record BundleRevision(
    Segment segment,
    ByteString path,
    DeltaHeader header,
    int length,
    @Nullable ByteBuffer delta,
    InputStream stream) {}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.InputStream;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The data of a field that follows a record.
 *
 * @param name the name of the field
 * @param size its size in bytes
 * @param bytes the data if it is in memory, which it is up to {@link
 *     org.hgwire.core.WireLimit#WHOLE_BYTE_STRING}, else null
 * @param stream the data; it ends when the next field or record is read. A read throws {@link
 *     PeerException} and nothing else
 */
public record FieldData(
    ByteString name, long size, @Nullable ByteString bytes, InputStream stream) {}

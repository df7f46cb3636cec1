// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.ByteString;

/** A value of the argument {@code fields}: the data to send with each revision. */
public sealed interface FieldName permits ChangesetField, FileField, ManifestField {
  /** Returns the name on the wire. */
  ByteString wireName();
}

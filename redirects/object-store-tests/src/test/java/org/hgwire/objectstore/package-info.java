// SPDX-License-Identifier: Apache-2.0
/** The S3 content store against a real S3-compatible server in the same process. */
@NullMarked
package org.hgwire.objectstore;

import org.jspecify.annotations.NullMarked;

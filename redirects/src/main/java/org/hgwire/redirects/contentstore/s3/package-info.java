// SPDX-License-Identifier: Apache-2.0
/**
 * Contents in an object store that speaks Amazon's S3. It needs the AWS SDK for Java 2 ({@code s3}
 * and {@code url-connection-client}), which is an optional dependency and appears nowhere else.
 */
@NullMarked
package org.hgwire.redirects.contentstore.s3;

import org.jspecify.annotations.NullMarked;

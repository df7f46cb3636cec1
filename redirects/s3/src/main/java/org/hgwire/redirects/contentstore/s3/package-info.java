// SPDX-License-Identifier: Apache-2.0
/**
 * Content in an object store that speaks Amazon's S3. Begin with {@link
 * org.hgwire.redirects.contentstore.s3.S3ContentStore#builder S3ContentStore.builder}; code that is
 * compiled without this module begins with {@link
 * org.hgwire.redirects.contentstore.ObjectStoreProvider}. Nothing else of hgwire knows the AWS SDK.
 */
@NullMarked
package org.hgwire.redirects.contentstore.s3;

import org.jspecify.annotations.NullMarked;

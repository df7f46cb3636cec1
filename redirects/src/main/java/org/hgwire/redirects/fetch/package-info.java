// SPDX-License-Identifier: Apache-2.0
/**
 * Fetching content that is elsewhere: what is asked of an HTTP library, and the download that
 * spools, resumes, verifies, and then gives out.
 */
@NullMarked
package org.hgwire.redirects.fetch;

import org.jspecify.annotations.NullMarked;

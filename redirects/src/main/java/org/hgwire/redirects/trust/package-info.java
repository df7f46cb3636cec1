// SPDX-License-Identifier: Apache-2.0
/** Whether the certificate of a content host is good. */
@NullMarked
package org.hgwire.redirects.trust;

import org.jspecify.annotations.NullMarked;

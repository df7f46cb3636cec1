// SPDX-License-Identifier: Apache-2.0
/** Where a server puts the contents to which it redirects: content-addressed, written once. */
@NullMarked
package org.hgwire.redirects.contentstore;

import org.jspecify.annotations.NullMarked;

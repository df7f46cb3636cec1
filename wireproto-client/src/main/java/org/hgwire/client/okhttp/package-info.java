// SPDX-License-Identifier: Apache-2.0
/** The transport of a peer on OkHttp: moves bytes, applies timeouts, proxy and TLS. */
@NullMarked
package org.hgwire.client.okhttp;

import org.jspecify.annotations.NullMarked;

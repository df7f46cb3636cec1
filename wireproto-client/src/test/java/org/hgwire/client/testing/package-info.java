// SPDX-License-Identifier: Apache-2.0
/** What tests of the client and of its users share: listeners that record what they get. */
@NullMarked
package org.hgwire.client.testing;

import org.jspecify.annotations.NullMarked;

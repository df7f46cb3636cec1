// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.hgwire.conformance.exchange;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** What frames carry: requests, settings, statuses, errors, text output, progress, locations. */
@NullMarked
package org.hgwire.core.message;

import org.jspecify.annotations.NullMarked;

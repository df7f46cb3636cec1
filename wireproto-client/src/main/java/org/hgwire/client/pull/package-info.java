// SPDX-License-Identifier: Apache-2.0
/** A verified pull: discovery, changesets, manifests, files, handed to a sink as they come. */
@NullMarked
package org.hgwire.client.pull;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * Metrics of a server with Micrometer: {@link org.hgwire.server.micrometer.MicrometerListener}
 * records what a {@link org.hgwire.server.ServerListener} learns.
 */
@NullMarked
package org.hgwire.server.micrometer;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * What a host implements to serve a repository, the changeset graph, and a repository in memory.
 */
@NullMarked
package org.hgwire.server.repository;

import org.jspecify.annotations.NullMarked;

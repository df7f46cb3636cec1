// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

/** A repository as the commands see it. */
public interface Repository {}

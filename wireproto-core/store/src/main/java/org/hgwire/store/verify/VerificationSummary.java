// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.verify;

/**
 * What was checked, and how much of it is wrong.
 *
 * @param changesets the number of changesets
 * @param fileRevisions the number of revisions of files
 * @param files the number of files that have revisions
 * @param faults how often the listener was told of damage
 * @param warnings how often it was warned
 */
public record VerificationSummary(
    int changesets, long fileRevisions, int files, long faults, long warnings) {}

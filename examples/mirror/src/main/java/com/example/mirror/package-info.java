// SPDX-License-Identifier: Apache-2.0
/**
 * A mirror of a repository: {@link com.example.mirror.MirroredRepository} is filled by pulls and
 * served while the next pull runs; {@link com.example.mirror.Mirror} is the program.
 */
@NullMarked
package com.example.mirror;

import org.jspecify.annotations.NullMarked;

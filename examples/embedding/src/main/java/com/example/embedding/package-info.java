// SPDX-License-Identifier: Apache-2.0
/**
 * The programs of the README, each in one class: {@link com.example.embedding.EmbeddedServer},
 * {@link com.example.embedding.EmbeddedClient}, {@link com.example.embedding.EmbeddedPull} and
 * {@link com.example.embedding.EmbeddedRedirects}.
 */
package com.example.embedding;

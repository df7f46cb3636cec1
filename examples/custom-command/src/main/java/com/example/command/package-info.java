// SPDX-License-Identifier: Apache-2.0
/**
 * A command of a host's own: {@link com.example.command.BookmarkCommand} says where a bookmark is,
 * {@link com.example.command.BookmarkServer} serves it besides the standard commands, and {@link
 * com.example.command.BookmarkClient} calls it. Jackson maps arguments and response.
 */
package com.example.command;

// SPDX-License-Identifier: Apache-2.0
/**
 * A server in a Servlet container: {@link com.example.servlet.ServletHost} checks passwords with
 * Jetty, and permissions by the names of its users.
 */
package com.example.servlet;

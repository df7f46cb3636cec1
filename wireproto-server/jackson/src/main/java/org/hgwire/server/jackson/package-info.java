// SPDX-License-Identifier: Apache-2.0
/**
 * Commands over objects that Jackson maps: a host's own command accepts and returns records, and
 * Mercurial's CBOR is on the wire. Only this artifact depends on Jackson; bring the version of
 * jackson-databind that the host uses.
 *
 * <p>Begin with {@link org.hgwire.server.jackson.JacksonBridge}:
 *
 * <pre>{@code
 * record Greeting(String text) {}
 * record Person(String name) {}
 *
 * JacksonBridge bridge = JacksonBridge.of(new ObjectMapper());
 * ServerOptions options =
 *     ServerOptions.builder(resolver)
 *         .command(
 *             CommandDefinition.named("acme.greet")
 *                 .permission(Permission.PULL)
 *                 .argument("name", ArgumentDescriptor.required(ArgumentType.BYTES))
 *                 .runs(
 *                     bridge.command(
 *                         Person.class, (call, person) -> new Greeting("hello " + person.name()))))
 *         .build();
 * }</pre>
 *
 * <p>A request's arguments are checked against the declaration, mapped to the object, and given to
 * the {@link org.hgwire.server.jackson.JacksonCommand}; what it returns is mapped to one value, the
 * response. Both are held in memory. A command with a large response is a {@link
 * org.hgwire.server.command.Command} that returns one mapped object after the other, by {@link
 * org.hgwire.server.jackson.JacksonBridge#toCbor}.
 */
@NullMarked
package org.hgwire.server.jackson;

import org.jspecify.annotations.NullMarked;

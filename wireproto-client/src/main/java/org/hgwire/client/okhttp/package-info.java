// SPDX-License-Identifier: Apache-2.0
/**
 * The transport of a peer with OkHttp; it moves bytes, and applies timeouts, proxy and TLS.
 *
 * <p>A peer finds it by itself. Begin with {@link
 * org.hgwire.client.okhttp.OkHttpTransport#using(okhttp3.OkHttpClient)} to share an {@code
 * OkHttpClient} that the application has.
 *
 * <p>Inside are two transports that share nothing. {@code OkHttpTransport} sends requests to the
 * server, with its credentials. {@code OkHttpContentFetcher} fetches content from content hosts, to
 * which a server may redirect: a request carries only what {@link org.hgwire.client.ContentHosts}
 * says, {@code CheckedDns} and {@code ExchangeCheck} allow only the addresses and certificates of
 * the policy, and {@code ContentClients} keeps one client per set of pins.
 *
 * <p>Below both, {@code ConnectionMeter} watches what each socket receives, because OkHttp reads
 * lines and header fields without a bound of ours, and starts its timeouts again at each byte:
 * {@code MeteredSockets} and {@code MeteredTlsSockets} make the sockets, and {@code
 * MeteredExchange} tells the meter when an exchange begins and which bytes were its body. {@code
 * TimedCall} and {@code TimedBody} have the deadlines of the head and of each read.
 */
@NullMarked
package org.hgwire.client.okhttp;

import org.jspecify.annotations.NullMarked;

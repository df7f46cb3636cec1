// SPDX-License-Identifier: Apache-2.0
/**
 * Where Mercurial's own implementation is wrong, and what hostile peers do: each case is tested
 * here over real HTTP.
 *
 * <table>
 * <caption>Where Mercurial 5.6.1 is wrong, and the test of what is right here</caption>
 * <tr><th>point</th><th>what Mercurial 5.6.1 does</th><th>test</th></tr>
 * <tr>
 *   <td>1</td>
 *   <td>counts the third byte of a length 16,384 times; checks no frame above 65,535 bytes</td>
 *   <td>{@code FrameLengthTest}</td>
 * </tr>
 * <tr>
 *   <td>2</td>
 *   <td>accepts frames and values that the text forbids, or that no correct peer sends</td>
 *   <td>{@code ServerStrictnessTest.forbiddenFramesAreRefusedInOneLine} (towards servers),
 *     {@code ClientStrictnessTest.forbiddenFramesAreTypedErrors} (towards clients); values:
 *     {@code ServerStrictnessTest.malformedRequestFailsAlone}</td>
 * </tr>
 * <tr>
 *   <td>3</td>
 *   <td>runs out of request ids after 32,768 requests, of stream ids after 127 streams</td>
 *   <td>{@code IdsTest}</td>
 * </tr>
 * <tr>
 *   <td>4</td>
 *   <td>fails on requests that are not maps, corrupt streams and malformed error frames</td>
 *   <td>{@code ServerStrictnessTest.malformedRequestFailsAlone},
 *     {@code EncodedRequestsTest.corruptEncodedRequestIsRefused},
 *     {@code ClientStrictnessTest.forbiddenFramesAreTypedErrors}</td>
 * </tr>
 * <tr>
 *   <td>5</td>
 *   <td>does not decode what a client encodes; holds all command data in memory</td>
 *   <td>{@code EncodedRequestsTest}; gigabytes of data:
 *     {@link org.hgwire.conformance.memory}</td>
 * </tr>
 * <tr>
 *   <td>6</td>
 *   <td>has no limit on partial requests, settings, arguments and decoded bytes</td>
 *   <td>{@code RequestLimitsTest}</td>
 * </tr>
 * <tr>
 *   <td>7</td>
 *   <td>ignores truncation: half a request vanishes, half a response is waited for, an error in a response looks like its end</td>
 *   <td>{@code ServerStrictnessTest.truncatedBodyIsRefused},
 *     {@code ClientStrictnessTest.truncatedResponseFailsAtOnce} and
 *     {@code truncatedBatchFailsEveryOpenCommand},
 *     {@code FailingResponsesTest.clientDeliversResponsesAndErrorsInAnyOrder}</td>
 * </tr>
 * <tr>
 *   <td>8</td>
 *   <td>leaves bytes of a failed response in the compressor, where they corrupt the next</td>
 *   <td>{@code FailingResponsesTest.failedResponseDoesNotLeakIntoTheNext}</td>
 * </tr>
 * <tr>
 *   <td>9</td>
 *   <td>never completes a request whose command emits no object</td>
 *   <td>{@code FailingResponsesTest.commandWithoutObjectsCompletes}</td>
 * </tr>
 * <tr>
 *   <td>10</td>
 *   <td>follows redirects without checking hashes, size, media type, certificates or that the target was advertised; opens files; sends the origin's password elsewhere; has no fallback</td>
 *   <td>{@code RedirectFaultsTest.commandIsSentAgainAfterAnInvalidRedirect},
 *     {@code redirectIsFollowedWithoutTheOriginsCredentials} and
 *     {@code failingTargetIsDropped},
 *     {@code ClientStrictnessTest.unrequestedRedirectIsNotFollowed}; certificates, and
 *     whole pulls: {@code PullFallsBackTest} in {@link org.hgwire.conformance.offload}</td>
 * </tr>
 * <tr>
 *   <td>11</td>
 *   <td>fails on an attribute without an equals sign, lets an attribute replace the URL, tries only the first clone bundle</td>
 *   <td>{@code CloneBundleFaultsTest.malformedAttributeDropsOnlyItsEntry},
 *     {@code urlAttributeDoesNotReplaceTheUrl} and
 *     {@code entriesAreTriedUntilOneApplies}; what is chosen in which order, as hg does:
 *     {@link org.hgwire.conformance.clonebundles}</td>
 * </tr>
 * <tr>
 *   <td>12</td>
 *   <td>serves manifests of secret changesets; authorises and checks with assertions</td>
 *   <td>{@code WithheldTest.secretAndHiddenChangesetsAreNotServed},
 *     {@code PermissionsTest}</td>
 * </tr>
 * <tr>
 *   <td>13</td>
 *   <td>fails {@code filesdata} with {@code haveparents} where a file was removed</td>
 *   <td>{@code WithheldTest.historyWithRemovedFilesIsServed}; towards a real
 *     server: {@code OurClientPullsFromHgTest} in {@link org.hgwire.conformance.interop}</td>
 * </tr>
 * <tr>
 *   <td>&mdash;</td>
 *   <td>waits for peers that drip, stall or stay idle</td>
 *   <td>{@code HostileClientsTest}</td>
 * </tr>
 * </table>
 */
@NullMarked
package org.hgwire.conformance.faults;

import org.jspecify.annotations.NullMarked;

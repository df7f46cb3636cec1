// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.io.IOException;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.ArgumentType;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.redirects.HashAlgorithm;
import org.hgwire.server.CacheableCall;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;
import org.jspecify.annotations.Nullable;

/** Computes the keys under which responses are kept. */
final class ResponseKeys {
  /** Incremented when the format of kept responses changes. */
  private static final long FORMAT = 1;

  private final ByteString version;
  private final KeyParts adjustment;

  ResponseKeys(ByteString version, KeyParts adjustment) {
    this.version = version;
    this.adjustment = adjustment;
  }

  /**
   * The key of a response.
   *
   * @param hash the SHA-256 of the parts
   * @param stateId the state of the repository that the response is for
   */
  record ResponseKey(ByteString hash, ByteString stateId) {}

  /**
   * Returns the key of the response to a call, or null if the response must not be kept.
   *
   * @throws IOException if the repository cannot be read
   */
  @Nullable ResponseKey of(CacheableCall call) throws IOException {
    if (!call.command().isCacheable()) {
      return null;
    }
    Repository repository = call.call().repository();
    ByteString id = repository.id();
    ByteString stateId = id == null ? null : stateOf(repository);
    if (id == null || stateId == null) {
      return null;
    }
    CborMap parts =
        adjustment.of(
            call,
            CborMap.builder()
                .put("format", FORMAT)
                .put("command", CborBytes.utf8(call.command().name()))
                .put("arguments", arguments(call))
                .put("mediatype", CborBytes.utf8(HttpV2Api.CBOR_MEDIA_TYPE))
                .put("repository", id)
                .put("state", stateId)
                .put("version", version)
                .build());
    if (parts == null) {
      return null;
    }
    byte[] encoded = CborEncoder.encode(parts).toByteArray();
    return new ResponseKey(
        ByteString.copyOf(HashAlgorithm.SHA256.newDigest().digest(encoded)), stateId);
  }

  private static @Nullable ByteString stateOf(Repository repository) throws IOException {
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      return snapshot.stateId();
    }
  }

  private static CborMap arguments(CacheableCall call) {
    Map<ByteString, ArgumentDescriptor> declared = call.command().arguments();
    CborMap.Builder arguments = CborMap.builder();
    for (Map.Entry<CborValue, CborValue> argument : call.call().arguments().entries()) {
      ArgumentDescriptor descriptor =
          argument.getKey() instanceof CborBytes name ? declared.get(name.value()) : null;
      boolean isSet = descriptor != null && ArgumentType.SET.wireName().equals(descriptor.type());
      arguments.put(argument.getKey(), isSet ? asSet(argument.getValue()) : argument.getValue());
    }
    return arguments.build();
  }

  /** A set may be sent as an array; the order of its members does not matter. */
  private static CborValue asSet(CborValue value) {
    if (!(value instanceof CborArray array)) {
      return value;
    }
    try {
      return CborSet.ofRepeated(array.items());
    } catch (IllegalArgumentException noScalars) {
      return value;
    }
  }
}

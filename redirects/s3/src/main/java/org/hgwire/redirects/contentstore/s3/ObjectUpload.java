// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore.s3;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.HashAlgorithm;
import org.hgwire.redirects.contentstore.ContentDescription;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** Uploads a file into a bucket: whole, or in parts, which are deleted if one of them fails. */
final class ObjectUpload {
  private static final long MAX_PARTS = 10_000;

  private final S3Client client;
  private final String bucket;
  private final long partSize;

  ObjectUpload(S3Client client, String bucket, long partSize) {
    this.client = client;
    this.bucket = bucket;
    this.partSize = partSize;
  }

  /** Uploads a file; the object exists when this returns. */
  void run(ContentDescription content, String key, Path file) throws IOException {
    try {
      if (content.size() <= partSize) {
        whole(content, key, file);
      } else {
        inParts(content, key, file);
      }
    } catch (SdkException failure) {
      throw StoreFaults.of(failure, key + " cannot be stored", bucket);
    }
  }

  private void whole(ContentDescription content, String key, Path file) throws IOException {
    FileSlice all = new FileSlice(file, 0, content.size());
    MessageDigest digest = HashAlgorithm.SHA256.newDigest();
    ByteString sha256 = all.sha256(digest);
    requireContent(content, sha256);
    client.putObject(
        PutObjectRequest.builder()
            .bucket(bucket)
            .key(key)
            .contentType(content.mediaType().utf8())
            .metadata(Map.of(S3ContentStore.SHA256, content.sha256().hex()))
            .checksumSHA256(base64(sha256))
            .build(),
        all.body(content.mediaType().utf8()));
  }

  private void inParts(ContentDescription content, String key, Path file) throws IOException {
    String uploadId =
        client
            .createMultipartUpload(
                CreateMultipartUploadRequest.builder()
                    .bucket(bucket)
                    .key(key)
                    .contentType(content.mediaType().utf8())
                    .metadata(Map.of(S3ContentStore.SHA256, content.sha256().hex()))
                    .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                    .build())
            .uploadId();
    try {
      List<CompletedPart> parts = uploadParts(content, key, file, uploadId);
      client.completeMultipartUpload(
          CompleteMultipartUploadRequest.builder()
              .bucket(bucket)
              .key(key)
              .uploadId(uploadId)
              .multipartUpload(CompletedMultipartUpload.builder().parts(parts).build())
              .build());
    } catch (SdkException | IOException failure) {
      abort(key, uploadId, failure);
      throw failure;
    }
  }

  private List<CompletedPart> uploadParts(
      ContentDescription content, String key, Path file, String uploadId) throws IOException {
    MessageDigest whole = HashAlgorithm.SHA256.newDigest();
    // S3 accepts at most 10,000 parts.
    long size = Math.max(partSize, content.size() / MAX_PARTS + 1);
    List<CompletedPart> parts = new ArrayList<>();
    for (long from = 0; from < content.size(); from += size) {
      FileSlice slice = new FileSlice(file, from, Math.min(size, content.size() - from));
      ByteString sha256 = slice.sha256(whole);
      int number = parts.size() + 1;
      String tag =
          client
              .uploadPart(
                  UploadPartRequest.builder()
                      .bucket(bucket)
                      .key(key)
                      .uploadId(uploadId)
                      .partNumber(number)
                      .checksumSHA256(base64(sha256))
                      .build(),
                  slice.body(content.mediaType().utf8()))
              .eTag();
      parts.add(
          CompletedPart.builder()
              .partNumber(number)
              .eTag(tag)
              .checksumSHA256(base64(sha256))
              .build());
    }
    requireContent(content, ByteString.copyOf(whole.digest()));
    return parts;
  }

  private void abort(String key, String uploadId, Exception failure) {
    try {
      client.abortMultipartUpload(
          AbortMultipartUploadRequest.builder().bucket(bucket).key(key).uploadId(uploadId).build());
    } catch (SdkException partsRemain) {
      failure.addSuppressed(partsRemain);
    }
  }

  private static void requireContent(ContentDescription content, ByteString sha256)
      throws IOException {
    if (!sha256.equals(content.sha256())) {
      throw new IOException(
          "the file to be stored does not have the announced SHA-256 " + content.sha256().hex());
    }
  }

  private static String base64(ByteString hash) {
    return Base64.getEncoder().encodeToString(hash.toByteArray());
  }
}

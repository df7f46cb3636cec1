// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore.s3;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.contentstore.ContentDescription;
import org.hgwire.redirects.contentstore.ContentStore;
import org.hgwire.redirects.contentstore.PublishedContent;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Contents as objects of a bucket, named by their SHA-256: {@code <prefix>ab/abcdef…}. Clients get
 * presigned URLs, which expire, or public ones.
 *
 * <p>An object appears when its last byte was taken, and what a store says it received is compared
 * with what was sent. What the store was found to have is believed for a while, so that a redirect
 * needs no request to it; presigning is computed here. Calls block on the network. Safe for use by
 * several threads.
 */
public final class S3ContentStore implements ContentStore {
  /** The metadata of an object that says its SHA-256 in hexadecimal. */
  static final String SHA256 = "sha256";

  private final RedirectTarget target;
  private final String bucket;
  private final String prefix;
  private final S3Client client;
  private final ObjectUrls urls;
  private final ObjectUpload upload;
  private final KnownObjects known;

  S3ContentStore(S3ContentStoreBuilder settings, S3Client client, ObjectUrls urls) {
    this.target = settings.target;
    this.bucket = settings.bucket;
    this.prefix = settings.prefix;
    this.client = client;
    this.urls = urls;
    this.upload = new ObjectUpload(client, bucket, settings.partSize);
    this.known = new KnownObjects(settings.believed, System::nanoTime);
  }

  /**
   * Returns a builder of a store.
   *
   * @param target the redirect target of the store; the URLs of objects, presigned or public, lie
   *     below one of its URIs
   * @param bucket the bucket, which must exist
   */
  public static S3ContentStoreBuilder builder(RedirectTarget target, String bucket) {
    return new S3ContentStoreBuilder(target, bucket);
  }

  @Override
  public RedirectTarget target() {
    return target;
  }

  /**
   * Returns a URL of a content, presigned for this call or public.
   *
   * @throws IOException a {@link org.hgwire.redirects.contentstore.ContentStoreException}
   */
  @Override
  public @Nullable PublishedContent find(ContentDescription content) throws IOException {
    if (!has(content)) {
      return null;
    }
    try {
      URI url = urls.of(bucket, key(content));
      return new PublishedContent(url, List.of(), List.of());
    } catch (SdkException failure) {
      throw StoreFaults.of(failure, "a URL of " + key(content) + " cannot be signed", bucket);
    }
  }

  private boolean has(ContentDescription content) throws IOException {
    Boolean answer = known.get(content.sha256());
    if (answer != null) {
      return answer;
    }
    boolean there = look(content);
    known.put(content.sha256(), there);
    return there;
  }

  private boolean look(ContentDescription content) throws IOException {
    String key = key(content);
    try {
      HeadObjectResponse head =
          client.headObject(HeadObjectRequest.builder().bucket(bucket).key(key).build());
      return head.contentLength() == content.size()
          && content.sha256().hex().equals(head.metadata().get(SHA256));
    } catch (S3Exception refusal) {
      // HEAD has no body to tell a missing object from a missing bucket; putting will tell.
      if (refusal.statusCode() == 404) {
        return false;
      }
      throw StoreFaults.of(refusal, "it cannot be found out whether there is " + key, bucket);
    } catch (SdkException failure) {
      throw StoreFaults.of(failure, "it cannot be found out whether there is " + key, bucket);
    }
  }

  /**
   * Uploads a content, in parts if it is large; where it is already nothing is done.
   *
   * @throws IOException a {@link org.hgwire.redirects.contentstore.ContentStoreException} if the
   *     store does not take it; the parts it took are deleted then
   */
  @Override
  public void put(ContentDescription content, Path file) throws IOException {
    if (Files.size(file) != content.size()) {
      throw new IOException(
          "the file to be stored is not the content "
              + content.sha256().hex()
              + " it is said to be");
    }
    if (!has(content)) {
      upload.run(content, key(content), file);
      known.put(content.sha256(), true);
    }
  }

  private String key(ContentDescription content) {
    String hex = content.sha256().hex();
    return prefix + hex.substring(0, 2) + "/" + hex;
  }

  /** Frees connections. */
  @Override
  public void close() {
    client.close();
    urls.close();
  }
}

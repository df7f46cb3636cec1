// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore.s3;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.contentstore.ContentDescription;
import org.hgwire.redirects.contentstore.ContentStore;
import org.hgwire.redirects.contentstore.PublishedContent;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Content as objects in a bucket, named by their SHA-256: {@code <prefix>ab/abcdef…}. Clients get
 * presigned URLs, which expire, or public ones.
 *
 * <p>An object appears when it is complete, and the store checks its SHA-256. That the store has an
 * object is remembered for a while, so that a redirect needs no request to it; otherwise one
 * attempt of at most 2 seconds tells. Presigning is computed locally. Calls block on the network.
 * Safe for use by several threads.
 */
public final class S3ContentStore implements ContentStore {
  /** The metadata with the SHA-256 of an object in hexadecimal. */
  static final String SHA256 = "sha256";

  private final RedirectTarget target;
  private final String bucket;
  private final String prefix;
  private final S3Client client;
  private final S3Client lookups;
  private final ObjectUrls urls;
  private final ObjectUpload upload;
  private final KnownObjects known;

  S3ContentStore(
      S3ContentStoreBuilder settings, S3Client client, S3Client lookups, ObjectUrls urls) {
    this.target = settings.target;
    this.bucket = settings.bucket;
    this.prefix = settings.prefix;
    this.client = client;
    this.lookups = lookups;
    this.urls = urls;
    this.upload = new ObjectUpload(client, bucket, settings.partSize);
    this.known = new KnownObjects(settings.rememberLookups, System::nanoTime);
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
   * Returns a URL of the content, presigned for this call or public.
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
    Boolean lookup = known.get(content.sha256());
    if (lookup != null) {
      return lookup;
    }
    boolean there = look(content);
    known.put(content.sha256(), there);
    return there;
  }

  private boolean look(ContentDescription content) throws IOException {
    String key = key(content);
    try {
      HeadObjectResponse head =
          lookups.headObject(HeadObjectRequest.builder().bucket(bucket).key(key).build());
      return head.contentLength() == content.size()
          && content.sha256().hex().equals(head.metadata().get(SHA256));
    } catch (S3Exception refusal) {
      // HEAD has no body that tells a missing object from a missing bucket; an upload will tell.
      if (refusal.statusCode() == 404) {
        return false;
      }
      throw StoreFaults.of(refusal, "it is unknown whether there is an object " + key, bucket);
    } catch (SdkException failure) {
      throw StoreFaults.of(failure, "it is unknown whether there is an object " + key, bucket);
    }
  }

  /**
   * Uploads content, in parts if it is large; does nothing if it is stored already.
   *
   * @throws IOException a {@link org.hgwire.redirects.contentstore.ContentStoreException} if the
   *     store refuses it; then uploaded parts are deleted
   */
  @Override
  public void put(ContentDescription content, Path file) throws IOException {
    if (Files.size(file) != content.size()) {
      throw new IOException(
          "the file to be stored does not have the announced size of the content "
              + content.sha256().hex());
    }
    if (!has(content)) {
      upload.run(content, key(content), file);
      known.put(content.sha256(), true);
    }
  }

  /**
   * Deletes the object, which a bucket with versions keeps as an older one.
   *
   * @throws IOException a {@link org.hgwire.redirects.contentstore.ContentStoreException}
   */
  @Override
  public boolean delete(ByteString sha256) throws IOException {
    String key = key(sha256);
    try {
      client.deleteObject(DeleteObjectRequest.builder().bucket(bucket).key(key).build());
    } catch (SdkException failure) {
      throw StoreFaults.of(failure, "the object " + key + " cannot be deleted", bucket);
    }
    known.put(sha256, false);
    return true;
  }

  private String key(ContentDescription content) {
    return key(content.sha256());
  }

  private String key(ByteString sha256) {
    String hex = sha256.hex();
    return prefix + hex.substring(0, 2) + "/" + hex;
  }

  /** Releases connections. */
  @Override
  public void close() {
    client.close();
    lookups.close();
    urls.close();
  }
}

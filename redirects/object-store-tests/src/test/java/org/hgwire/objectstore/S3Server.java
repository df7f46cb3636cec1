// SPDX-License-Identifier: Apache-2.0
package org.hgwire.objectstore;

import java.net.URI;
import java.util.List;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.contentstore.s3.S3ContentStore;
import org.hgwire.redirects.contentstore.s3.S3ContentStoreBuilder;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** A server that speaks S3 and keeps its objects in memory. */
final class S3Server {
  static final String BUCKET = "content";
  static final String ACCESS_KEY = "AKIDHGWIRE";
  static final String SECRET_KEY = "a secret of the tests";

  private final BlobStore objects;
  private final S3Proxy server;

  S3Server() throws Exception {
    objects = BlobStores.create("transient", new Properties());
    objects.createContainer(BUCKET);
    server =
        S3Proxy.builder()
            .blobStore(objects)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
            .build();
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  /** Returns a builder of a store in the bucket, with valid credentials. */
  S3ContentStoreBuilder store() {
    return store(BUCKET);
  }

  S3ContentStoreBuilder store(String bucket) {
    return store(RedirectTarget.of("s3", endpoint().resolve(bucket + "/")), bucket);
  }

  S3ContentStoreBuilder store(RedirectTarget target, String bucket) {
    return S3ContentStore.builder(target, bucket)
        .endpoint(endpoint())
        .pathStyle(true)
        .credentials(ACCESS_KEY, SECRET_KEY);
  }

  /** Returns the keys in the bucket, without using the protocol. */
  List<String> keys() {
    return objects.list(BUCKET).contents().stream().map(object -> object.key()).toList();
  }

  /** Deletes an object, without using the protocol. */
  void remove(String key) {
    objects.removeBlob(BUCKET, key);
  }

  /** Returns the multipart uploads that were neither completed nor aborted. */
  List<MultipartUpload> unfinished() {
    return objects.listMultipartUploads(BUCKET);
  }

  void stop() throws Exception {
    server.stop();
    objects.close();
  }
}

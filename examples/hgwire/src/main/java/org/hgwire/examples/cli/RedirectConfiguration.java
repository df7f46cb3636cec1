// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.HashAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code hgwire serve} sends clients for large responses: the file of {@code
 * --redirect-config}, as docs/guide/command-line.md describes it. Paths in it are relative to the
 * directory that it is in.
 *
 * @param targets the redirect targets, the most preferred first, each with the store behind it
 * @param hashes the hash algorithms that are advertised, the most preferred first
 * @param threshold how large a response is at least that is redirected, in bytes
 * @param cache where responses are kept, or null for a directory that is deleted at the end
 * @param cacheBytes how many bytes of responses are kept
 */
record RedirectConfiguration(
    List<Target> targets,
    List<HashAlgorithm> hashes,
    long threshold,
    @Nullable Path cache,
    long cacheBytes) {
  private static final long DEFAULT_THRESHOLD = 256 << 10;
  private static final long DEFAULT_CACHE_BYTES = 1L << 30;
  private static final Set<String> TLS_VERSIONS = Set.of("1.0", "1.1", "1.2", "1.3");

  /** Where contents are put. */
  sealed interface Store {
    /** Files that a web server serves, or {@code listen} does if that is not null. */
    record Directory(Path directory, @Nullable Listen listen) implements Store {}

    /** Objects in a bucket of an S3-compatible object store. */
    record Bucket(
        String bucket,
        String prefix,
        @Nullable String region,
        @Nullable URI endpoint,
        boolean pathStyle,
        long presignedSeconds)
        implements Store {}
  }

  /** Where files are served by this process itself. */
  sealed interface Listen {
    /** Below a path of the server of the repository, without a slash at either end. */
    record Beside(String path) implements Listen {}

    /** On a port of its own, over https if there are a certificate chain and its key. */
    record Port(String host, int port, @Nullable Path chain, @Nullable Path key)
        implements Listen {}
  }

  /**
   * One target.
   *
   * @param target what is advertised; content is below its first URI
   * @param store what is behind it
   * @param serverCertificates of which its host's is one, as DER
   * @param authorityCertificates the authorities of its host's certificate, as DER
   */
  record Target(
      RedirectTarget target,
      Store store,
      List<ByteString> serverCertificates,
      List<ByteString> authorityCertificates) {}

  /**
   * Reads a configuration.
   *
   * @throws IOException if it, or a file that it names, cannot be read
   */
  static RedirectConfiguration read(Path file) throws IOException {
    JsonFields fields = JsonFields.of(file);
    Path directory = file.toAbsolutePath().resolveSibling("");
    List<Target> targets = new ArrayList<>();
    Set<ByteString> names = new HashSet<>();
    for (JsonFields each : fields.objects("targets")) {
      Target target = target(each, directory);
      if (!names.add(target.target().name())) {
        throw each.wrong("name", "is that of another target too");
      }
      targets.add(target);
    }
    List<HashAlgorithm> hashes = new ArrayList<>();
    for (String name : fields.texts("hashes", List.of("sha256"))) {
      HashAlgorithm algorithm = HashAlgorithm.find(ByteString.utf8(name));
      if (algorithm == null) {
        throw fields.wrong("hashes", "names " + name + ", which is not known");
      }
      hashes.add(algorithm);
    }
    String cache = fields.optionalText("cache");
    RedirectConfiguration configuration =
        new RedirectConfiguration(
            List.copyOf(targets),
            List.copyOf(hashes),
            fields.number("threshold", 0, Long.MAX_VALUE, DEFAULT_THRESHOLD),
            cache == null ? null : directory.resolve(cache),
            fields.number("cachebytes", 0, Long.MAX_VALUE, DEFAULT_CACHE_BYTES));
    fields.requireNothingElse();
    return configuration;
  }

  private static Target target(JsonFields fields, Path directory) throws IOException {
    List<URI> uris = new ArrayList<>();
    for (String text : fields.texts("uris", List.of())) {
      uris.add(url(fields, "uris", text));
    }
    if (uris.isEmpty()) {
      throw fields.wrong("uris", "is missing: it says where the contents are");
    }
    if (uris.stream().map(URI::getScheme).distinct().count() > 1) {
      throw fields.wrong("uris", "has http and https: they are two targets");
    }
    List<String> versions = fields.texts("tlsversions", List.of());
    if (!TLS_VERSIONS.containsAll(versions)) {
      throw fields.wrong("tlsversions", "has versions as 1.2 and 1.3");
    }
    Target target =
        new Target(
            RedirectTarget.of(fields.text("name"), uris.get(0))
                .withUris(uris)
                .withSniRequired(fields.flag("snirequired"))
                .withTlsVersions(versions),
            store(fields, directory),
            certificates(fields, "servercertificates", directory),
            certificates(fields, "authoritycertificates", directory));
    fields.requireNothingElse();
    return target;
  }

  private static Store store(JsonFields fields, Path directory) {
    String files = fields.optionalText("directory");
    JsonFields bucket = fields.optionalObject("s3");
    JsonFields listen = fields.optionalObject("listen");
    if ((files == null) == (bucket == null)) {
      throw fields.wrong("directory", "or s3 says where contents are put: one of the two");
    }
    if (bucket == null) {
      return new Store.Directory(
          directory.resolve(String.valueOf(files)),
          listen == null ? null : listen(listen, directory));
    }
    for (String name : List.of("listen", "servercertificates", "authoritycertificates")) {
      if (fields.has(name)) {
        throw fields.wrong(name, "goes with a directory, not with s3");
      }
    }
    String endpoint = bucket.optionalText("endpoint");
    Store store =
        new Store.Bucket(
            bucket.text("bucket"),
            bucket.text("prefix", ""),
            bucket.optionalText("region"),
            endpoint == null ? null : url(bucket, "endpoint", endpoint),
            bucket.flag("pathstyle"),
            bucket.number("presigned", 0, 7 * 24 * 3600, 0));
    bucket.requireNothingElse();
    return store;
  }

  private static Listen listen(JsonFields fields, Path directory) {
    String path = fields.optionalText("path");
    int port = (int) fields.number("port", 1, 65535, 0);
    if ((path == null) == (port == 0)) {
      throw fields.wrong("port", "or path is missing: give one of the two");
    }
    Listen listen;
    if (path == null) {
      String chain = fields.optionalText("cert");
      String key = fields.optionalText("key");
      if ((chain == null) != (key == null)) {
        throw fields.wrong("cert", "and key go together");
      }
      listen =
          new Listen.Port(
              fields.text("host", "127.0.0.1"),
              port,
              chain == null ? null : directory.resolve(chain),
              key == null ? null : directory.resolve(key));
    } else if (path.startsWith("/") || path.endsWith("/")) {
      throw fields.wrong("path", "has no slash at its ends");
    } else {
      listen = new Listen.Beside(path);
    }
    fields.requireNothingElse();
    return listen;
  }

  private static List<ByteString> certificates(JsonFields fields, String name, Path directory)
      throws IOException {
    List<ByteString> certificates = new ArrayList<>();
    for (String file : fields.texts(name, List.of())) {
      certificates.addAll(CertificateFile.read(directory.resolve(file)));
    }
    return List.copyOf(certificates);
  }

  private static URI url(JsonFields fields, String name, String text) {
    try {
      URI url = new URI(text);
      String scheme = url.getScheme();
      if (("http".equals(scheme) || "https".equals(scheme))
          && url.getHost() != null
          && url.getUserInfo() == null
          && url.getRawQuery() == null
          && url.getRawFragment() == null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // It is refused below.
    }
    throw fields.wrong(name, "has " + text + ", which is not http[s]://HOST[:PORT]/[PATH]");
  }
}

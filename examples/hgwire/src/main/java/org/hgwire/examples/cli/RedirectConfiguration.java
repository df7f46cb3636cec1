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
import org.hgwire.redirects.UrlAuthority;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code hgwire serve} redirects clients for large responses: the file of {@code
 * --redirect-config}, described in docs/guide/command-line.md. Paths in it are relative to its
 * directory.
 *
 * @param targets the redirect targets, most preferred first
 * @param hashes the hash algorithms that are advertised, most preferred first
 * @param threshold the minimum size of a response that is redirected, in bytes
 * @param cache the directory of response files, or null for one that is deleted at the end
 * @param cacheBytes the maximum size of all response files, in bytes
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

  /** Where content is put. */
  sealed interface Storage {
    /** Files that another web server serves, or this process if {@code listen} is not null. */
    record Directory(Path directory, @Nullable Listen listen) implements Storage {}

    /** Objects in a bucket of an S3-compatible object store. */
    record Bucket(
        String bucket,
        String prefix,
        @Nullable String region,
        @Nullable URI endpoint,
        boolean pathStyle,
        long presignedSeconds)
        implements Storage {}
  }

  /** Where this process serves the files. */
  sealed interface Listen {
    /** On the port of the repository, below a path without a slash at either end. */
    record SamePort(String path) implements Listen {}

    /** On its own port, over https if there are a certificate chain and its key. */
    record Port(String host, int port, @Nullable Path chain, @Nullable Path key)
        implements Listen {}
  }

  /**
   * One target.
   *
   * @param target what is advertised; content is below its first URI
   * @param storage where its content is put
   * @param serverCertificates the certificates that its content host may have, as DER
   * @param authorityCertificates the authorities that may sign it, as DER
   */
  record Target(
      RedirectTarget target,
      Storage storage,
      List<ByteString> serverCertificates,
      List<ByteString> authorityCertificates) {}

  /**
   * Reads a configuration.
   *
   * @throws IOException if the file, or a file that it names, cannot be read
   */
  static RedirectConfiguration read(Path file) throws IOException {
    JsonFields fields = JsonFields.of(file);
    Path directory = file.toAbsolutePath().resolveSibling("");
    List<Target> targets = new ArrayList<>();
    Set<ByteString> names = new HashSet<>();
    for (JsonFields each : fields.objects("targets")) {
      Target target = target(each, directory);
      if (!names.add(target.target().name())) {
        throw each.wrong("name", "is used by another target");
      }
      targets.add(target);
    }
    List<HashAlgorithm> hashes = new ArrayList<>();
    for (String name : fields.texts("hashes", List.of("sha256"))) {
      HashAlgorithm algorithm = HashAlgorithm.find(ByteString.utf8(name));
      if (algorithm == null) {
        throw fields.wrong("hashes", "has the unknown algorithm " + name);
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
      throw fields.wrong("uris", "is missing: it is where clients find the content");
    }
    if (uris.stream().map(URI::getScheme).distinct().count() > 1) {
      throw fields.wrong("uris", "has http and https, which are two targets");
    }
    List<String> versions = fields.texts("tlsversions", List.of());
    if (!TLS_VERSIONS.containsAll(versions)) {
      throw fields.wrong(
          "tlsversions", "has an unknown version; versions are 1.0, 1.1, 1.2 and 1.3");
    }
    Target target =
        new Target(
            RedirectTarget.of(fields.text("name"), uris.get(0))
                .withUris(uris)
                .withSniRequired(fields.flag("snirequired"))
                .withTlsVersions(versions),
            storage(fields, directory),
            certificates(fields, "servercertificates", directory),
            certificates(fields, "authoritycertificates", directory));
    fields.requireNothingElse();
    return target;
  }

  private static Storage storage(JsonFields fields, Path directory) {
    String files = fields.optionalText("directory");
    JsonFields bucket = fields.optionalObject("s3");
    JsonFields listen = fields.optionalObject("listen");
    if ((files == null) == (bucket == null)) {
      throw fields.wrong("directory", "or s3 is required, and not both: where content is put");
    }
    if (bucket == null) {
      return new Storage.Directory(
          directory.resolve(String.valueOf(files)),
          listen == null ? null : listen(listen, directory));
    }
    for (String name : List.of("listen", "servercertificates", "authoritycertificates")) {
      if (fields.has(name)) {
        throw fields.wrong(name, "can be used with a directory only, not with s3");
      }
    }
    String endpoint = bucket.optionalText("endpoint");
    Storage storage =
        new Storage.Bucket(
            bucket.text("bucket"),
            bucket.text("prefix", ""),
            bucket.optionalText("region"),
            endpoint == null ? null : url(bucket, "endpoint", endpoint),
            bucket.flag("pathstyle"),
            bucket.number("presigned", 0, 7 * 24 * 3600, 0));
    bucket.requireNothingElse();
    return storage;
  }

  private static Listen listen(JsonFields fields, Path directory) {
    String path = fields.optionalText("path");
    int port = (int) fields.number("port", 1, 65535, 0);
    if ((path == null) == (port == 0)) {
      throw fields.wrong("port", "or path is required, and not both");
    }
    Listen listen;
    if (path == null) {
      String chain = fields.optionalText("cert");
      String key = fields.optionalText("key");
      if ((chain == null) != (key == null)) {
        throw fields.wrong("cert", "and key must be given together");
      }
      listen =
          new Listen.Port(
              fields.text("host", "127.0.0.1"),
              port,
              chain == null ? null : directory.resolve(chain),
              key == null ? null : directory.resolve(key));
    } else if (path.startsWith("/") || path.endsWith("/")) {
      throw fields.wrong("path", "must not begin or end with a slash");
    } else {
      listen = new Listen.SamePort(path);
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
          && UrlAuthority.isWithoutUserInfo(url)
          && url.getRawQuery() == null
          && url.getRawFragment() == null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // refused below
    }
    throw fields.wrong(name, "has " + text + ", which is not http[s]://HOST[:PORT]/[PATH]");
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.examples.cli.RedirectConfiguration.Listen;
import org.hgwire.examples.cli.RedirectConfiguration.Storage;
import org.hgwire.redirects.HashAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RedirectConfigurationTest {
  @TempDir Path directory;

  @Test
  void readsEveryField() throws IOException {
    RedirectConfiguration read =
        read(
            """
            {
              "threshold": 1000,
              "hashes": ["sha512", "sha256"],
              "cache": "kept",
              "cachebytes": 5000,
              "targets": [
                {
                  "name": "own",
                  "uris": ["https://example.org:8001/c/", "https://example.net/"],
                  "snirequired": true,
                  "tlsversions": ["1.2", "1.3"],
                  "directory": "content",
                  "listen": {"host": "0.0.0.0", "port": 8001, "cert": "c.pem", "key": "k.pem"}
                },
                {
                  "name": "cloud",
                  "uris": ["http://127.0.0.1:9000/bucket/"],
                  "s3": {
                    "bucket": "bucket",
                    "prefix": "hg/",
                    "region": "eu-west-1",
                    "endpoint": "http://127.0.0.1:9000",
                    "pathstyle": true,
                    "presigned": 600
                  }
                }
              ]
            }
            """);

    assertThat(read.threshold()).isEqualTo(1000);
    assertThat(read.hashes()).containsExactly(HashAlgorithm.SHA512, HashAlgorithm.SHA256);
    assertThat(read.cache()).isEqualTo(directory.resolve("kept"));
    assertThat(read.cacheBytes()).isEqualTo(5000);
    RedirectConfiguration.Target own = read.targets().get(0);
    URI first = URI.create("https://example.org:8001/c/");
    assertThat(own.target())
        .isEqualTo(
            RedirectTarget.of("own", first)
                .withUris(List.of(first, URI.create("https://example.net/")))
                .withSniRequired(true)
                .withTlsVersions(List.of("1.2", "1.3")));
    assertThat(own.storage())
        .isEqualTo(
            new Storage.Directory(
                directory.resolve("content"),
                new Listen.Port(
                    "0.0.0.0", 8001, directory.resolve("c.pem"), directory.resolve("k.pem"))));
    assertThat(read.targets().get(1).storage())
        .isEqualTo(
            new Storage.Bucket(
                "bucket", "hg/", "eu-west-1", URI.create("http://127.0.0.1:9000"), true, 600));
  }

  @Test
  void absentFieldsHaveDefaults() throws IOException {
    RedirectConfiguration read =
        read("{'targets': [{'name': 'a', 'uris': ['http://h/'], 'directory': '/srv/c'}]}");

    assertThat(read.threshold()).isEqualTo(262144);
    assertThat(read.hashes()).containsExactly(HashAlgorithm.SHA256);
    assertThat(read.cache()).isNull();
    RedirectConfiguration.Target target = read.targets().get(0);
    assertThat(target.storage()).isEqualTo(new Storage.Directory(Path.of("/srv/c"), null));
    assertThat(target.target()).isEqualTo(RedirectTarget.of("a", URI.create("http://h/")));
    assertThat(List.of(target.serverCertificates(), target.authorityCertificates()))
        .containsOnly(List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      textBlock =
          """
          nonsense                                                        # line 1: not JSON
          {} {}                                                           # not JSON
          []                                                              # the file is not an object
          {}                                                              # targets is missing
          {'targets': []}                                                 # targets is missing
          {'targets': [TARGET], 'tresholds': 1}                           # tresholds is unknown
          {'targets': [TARGET], 'targets': [TARGET]}                      # not JSON: Duplicate field
          {'targets': [TARGET, TARGET]}                                   # targets[1].name is used by another
          {'targets': [TARGET], 'threshold': -1}                          # threshold is not a whole number
          {'targets': [TARGET], 'threshold': '1'}                         # threshold is not a whole number
          {'targets': [TARGET], 'hashes': ['md5']}                        # hashes has the unknown algorithm md5
          {'targets': [{'uris': ['http://h/'], 'directory': 'd'}]}        # targets[0].name is missing
          {'targets': [{'name': 'a', 'directory': 'd'}]}                  # targets[0].uris is missing
          {'targets': [{'name': 'a', 'uris': ['file:///d'], 'directory': 'd'}]}        # targets[0].uris has file:///d
          {'targets': [{'name': 'a', 'uris': ['http://u@h/'], 'directory': 'd'}]}      # targets[0].uris has http://u@h/
          {'targets': [{'name': 'a', 'uris': ['http://h/', 'https://h/'], 'directory': 'd'}]} # two targets
          {'targets': [{'name': 'a', 'uris': ['http://h/']}]}             # targets[0].directory or s3
          {'targets': [{'name': 'a', 'uris': ['http://h/'], 'directory': 'd', 's3': {'bucket': 'b'}}]} # and not both
          {'targets': [{'name': 'a', 'uris': ['http://h/'], 's3': {}}]}   # targets[0].s3.bucket is missing
          {'targets': [{'name': 'a', 'uris': ['http://h/'], 's3': {'bucket': 'b'}, 'listen': {}}]} # listen can be used with a directory
          {'targets': [{'name': 'a', 'uris': ['http://h/'], 'directory': 'd', 'listen': {}}]} # listen.port or path is required
          {'targets': [{'name': 'a', 'uris': ['http://h/'], 'directory': 'd', 'listen': {'port': 70000}}]} # from 1 to 65535
          {'targets': [{'name': 'a', 'uris': ['http://h/'], 'directory': 'd', 'listen': {'port': 1, 'cert': 'c'}}]} # must be given together
          {'targets': [{'name': 'a', 'uris': ['http://h/'], 'directory': 'd', 'listen': {'path': '/c'}}]} # listen.path must not begin or end
          {'targets': [{'name': 'a', 'uris': ['http://h/'], 'directory': 'd', 'listen': {'path': 'c', 'cert': 'c'}}]} # listen.cert is unknown
          {'targets': [{'name': 'a', 'uris': ['http://h/'], 'directory': 'd', 'tlsversions': ['9']}]} # tlsversions
          """)
  void namesTheWrongField(String text, String message) {
    String target = "{'name': 'a', 'uris': ['http://h/'], 'directory': 'd'}";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(text.replace("TARGET", target)))
        .withMessageStartingWith(directory.resolve("redirects.json").toString())
        .withMessageContaining(message);
  }

  @Test
  void contentCanBeServedOnThePortOfTheRepository() throws IOException {
    RedirectConfiguration read =
        read(
            "{'targets': [{'name': 'a', 'uris': ['http://h/c/'], 'directory': '/srv/c',"
                + " 'listen': {'path': 'c'}}]}");

    assertThat(read.targets().get(0).storage())
        .isEqualTo(new Storage.Directory(Path.of("/srv/c"), new Listen.SamePort("c")));
  }

  @Test
  void namesAFileWithoutACertificate() throws IOException {
    Files.writeString(directory.resolve("none.pem"), "nothing\n");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                read(
                    "{'targets': [{'name': 'a', 'uris': ['https://h/'], 'directory': 'd',"
                        + " 'servercertificates': ['none.pem']}]}"))
        .withMessageContaining("none.pem contains no certificate");
  }

  private RedirectConfiguration read(String text) throws IOException {
    Path file = directory.resolve("redirects.json");
    return RedirectConfiguration.read(Files.writeString(file, text.replace('\'', '"')));
  }
}

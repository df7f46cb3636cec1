// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import org.hgwire.redirects.Cidr;

/**
 * Reads the address ranges that cloud providers publish. Needs {@code
 * com.fasterxml.jackson.core:jackson-databind}. Streams are read to their end and not closed; the
 * files have a few megabytes and are read into memory, up to 32 MiB.
 *
 * <p>Regions have the names of the provider, such as {@code us-west-2}, {@code us-west1} and {@code
 * westus}.
 */
public final class CloudRegions {
  /** The host passes the file, so this is no WireLimit: it bounds a wrong file. */
  private static final int MAX_BYTES = 32 << 20;

  private CloudRegions() {}

  /**
   * Reads the {@code ip-ranges.json} of Amazon Web Services: the ranges of its virtual machines
   * (service {@code EC2}).
   *
   * @throws IOException if it cannot be read or has another format
   */
  public static AddressRegions amazon(InputStream json) throws IOException {
    JsonNode file = read(json);
    AddressRegions.Builder regions = AddressRegions.builder();
    for (JsonNode range : list(file, "prefixes")) {
      addAmazon(regions, range, "ip_prefix");
    }
    for (JsonNode range : list(file, "ipv6_prefixes")) {
      addAmazon(regions, range, "ipv6_prefix");
    }
    return regions.build();
  }

  private static void addAmazon(AddressRegions.Builder regions, JsonNode range, String key)
      throws IOException {
    String region = text(range, "region");
    if (text(range, "service").equals("EC2") && !region.equals("GLOBAL")) {
      regions.add(range(text(range, key)), region);
    }
  }

  /**
   * Reads the {@code cloud.json} of Google Cloud.
   *
   * @throws IOException if it cannot be read or has another format
   */
  public static AddressRegions google(InputStream json) throws IOException {
    AddressRegions.Builder regions = AddressRegions.builder();
    for (JsonNode range : list(read(json), "prefixes")) {
      String region = text(range, "scope");
      if (!region.equals("global")) {
        regions.add(
            range(text(range, range.has("ipv4Prefix") ? "ipv4Prefix" : "ipv6Prefix")), region);
      }
    }
    return regions.build();
  }

  /**
   * Reads the service tags of Microsoft Azure ({@code ServiceTags_Public_….json}): the tags of
   * whole regions, such as {@code AzureCloud.westus}, without those of single services.
   *
   * @throws IOException if it cannot be read or has another format
   */
  public static AddressRegions azure(InputStream json) throws IOException {
    AddressRegions.Builder regions = AddressRegions.builder();
    for (JsonNode tag : list(read(json), "values")) {
      JsonNode properties = tag.path("properties");
      String region = properties.path("region").asText();
      if (!region.isEmpty() && properties.path("systemService").asText().isEmpty()) {
        for (JsonNode prefix : list(properties, "addressPrefixes")) {
          regions.add(range(prefix.asText()), region);
        }
      }
    }
    return regions.build();
  }

  private static JsonNode read(InputStream json) throws IOException {
    byte[] bytes = json.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new IOException("a file of address ranges has at most " + MAX_BYTES + " bytes");
    }
    return new ObjectMapper().readTree(bytes);
  }

  private static JsonNode list(JsonNode node, String key) throws IOException {
    JsonNode list = node.path(key);
    if (!list.isArray()) {
      throw new IOException("the file of address ranges has another format: it has no list " + key);
    }
    return list;
  }

  private static String text(JsonNode node, String key) throws IOException {
    JsonNode text = node.path(key);
    if (!text.isTextual()) {
      throw new IOException("the file of address ranges has another format: a range has no " + key);
    }
    return text.asText();
  }

  private static Cidr range(String text) throws IOException {
    try {
      return Cidr.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IOException("the file of address ranges has another format: " + e.getMessage(), e);
    }
  }
}

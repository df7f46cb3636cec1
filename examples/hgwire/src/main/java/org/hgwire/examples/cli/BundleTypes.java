// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import org.hgwire.redirects.clonebundles.Bundlespec;
import org.hgwire.redirects.clonebundles.BundlespecException;
import picocli.CommandLine.ITypeConverter;

/** Reads the type of a bundle. */
final class BundleTypes implements ITypeConverter<Bundlespec> {
  @Override
  public Bundlespec convert(String text) {
    try {
      return Bundlespec.parse(text);
    } catch (BundlespecException e) {
      throw new IllegalArgumentException(e.reason() + "; write a type such as zstd-v2", e);
    }
  }
}

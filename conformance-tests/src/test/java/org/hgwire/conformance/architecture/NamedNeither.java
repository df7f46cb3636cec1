// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;

/** Holds for classes whose name is none of some. */
final class NamedNeither extends DescribedPredicate<JavaClass> {
  private final Set<String> names;

  NamedNeither(Set<String> names) {
    super("are none of %s", names);
    this.names = names;
  }

  @Override
  public boolean test(JavaClass type) {
    return !names.contains(type.getName());
  }
}

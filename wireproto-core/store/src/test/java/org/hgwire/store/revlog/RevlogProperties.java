// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.hgwire.core.ByteString;
import org.hgwire.store.StoreException;
import org.hgwire.store.testing.ChunkForm;
import org.hgwire.store.testing.RevlogWriter;

class RevlogProperties {
  private static final RevlogLimits LIMITS = new RevlogLimits(1 << 20, 1000, 1000);
  private static Path directory = Path.of("");

  @BeforeContainer
  static void create() throws IOException {
    directory = Files.createTempDirectory("revlogs");
  }

  @AfterContainer
  static void delete() throws IOException {
    for (String name : new String[] {"any.i", "any.d"}) {
      Files.deleteIfExists(directory.resolve(name));
    }
    Files.delete(directory);
  }

  @Property(tries = 300)
  void everyTextIsRead(@ForAll long seed, @ForAll Shape shape) throws IOException {
    RevlogWriter writer = history(new Random(seed), shape);
    try (Revlog revlog = Revlog.open(writer.write(directory.resolve("any.i")), LIMITS)) {
      assertThat(revlog.count()).isEqualTo(writer.count());
      for (int r = 0; r < writer.count(); r++) {
        assertThat(revlog.text(r)).isEqualTo(writer.text(r));
        // Two revisions of a random history may have the same text and parents.
        assertThat(revlog.node(revlog.find(revlog.node(r)))).isEqualTo(writer.entry(r).node());
      }
      for (int r = writer.count() - 1; r >= 0; r--) {
        revlog.verify(r);
      }
    }
  }

  /** A changed byte leads to an error that names the file, or to no wrong text that is verified. */
  @Property(tries = 2000)
  void changedByteIsNoticed(
      @ForAll @IntRange(max = 20) int history, @ForAll Shape shape, @ForAll Random random)
      throws IOException {
    RevlogWriter writer = history(new Random(history), shape);
    Path index = writer.write(directory.resolve("any.i"));
    Path data = RevlogWriter.data(index);
    Path damaged = shape == Shape.SPLIT && random.nextBoolean() ? data : index;
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    Files.write(damaged, bytes);
    try (Revlog revlog = Revlog.open(index, LIMITS)) {
      assertThat(revlog.count()).isLessThanOrEqualTo(writer.count());
      for (int r = 0; r < revlog.count(); r++) {
        verify(revlog, writer, r);
      }
    } catch (StoreException fault) {
      assertThat(fault).hasMessageContaining("any.");
    }
  }

  private static void verify(Revlog revlog, RevlogWriter writer, int revision) throws IOException {
    try {
      revlog.verify(revision);
    } catch (StoreException fault) {
      assertThat(fault).hasMessageContaining("any.i").hasMessageContaining("revision ");
      return;
    }
    assertThat(revlog.text(revision)).isEqualTo(writer.text(revision));
  }

  /** How a revlog is stored. */
  enum Shape {
    INLINE,
    SPLIT,
    OLD_INLINE,
    OLD_SPLIT;

    RevlogWriter writer() {
      return switch (this) {
        case INLINE -> RevlogWriter.inline();
        case SPLIT -> RevlogWriter.split();
        case OLD_INLINE -> RevlogWriter.withoutGeneralDelta(true);
        case OLD_SPLIT -> RevlogWriter.withoutGeneralDelta(false);
      };
    }

    boolean hasGeneralDelta() {
      return this == INLINE || this == SPLIT;
    }
  }

  private static RevlogWriter history(Random random, Shape shape) {
    RevlogWriter writer = shape.writer();
    ChunkForm[] forms = ChunkForm.values();
    int count = 1 + random.nextInt(40);
    for (int r = 0; r < count; r++) {
      int base = shape.hasGeneralDelta() ? random.nextInt(r + 1) - 1 : r - 1;
      if (random.nextInt(8) == 0) {
        base = RevlogWriter.NONE;
      }
      ByteString text = text(random, base < 0 ? ByteString.empty() : writer.text(base));
      int parent1 = random.nextInt(r + 1) - 1;
      int parent2 = random.nextInt(r + 1) - 1;
      writer.add(text, forms[random.nextInt(forms.length)], base, parent1, parent2);
    }
    return writer;
  }

  private static ByteString text(Random random, ByteString base) {
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "\0" : "");
    base.utf8()
        .lines()
        .filter(line -> random.nextInt(5) > 0)
        .forEach(line -> text.append(line).append('\n'));
    for (int i = random.nextInt(20); i > 0; i--) {
      int at = random.nextInt(text.length() + 1);
      text.insert(at, Integer.toString(random.nextInt(100)) + '\n');
    }
    return ByteString.utf8(text.toString());
  }
}

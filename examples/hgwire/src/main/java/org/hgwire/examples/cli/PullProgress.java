// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.hgwire.client.pull.PullListener;
import org.jspecify.annotations.Nullable;

/** A progress bar for each step of a pull, if there is a terminal. */
final class PullProgress implements PullListener, AutoCloseable {
  private final boolean shown;
  private @Nullable ProgressBar bar;

  private PullProgress(boolean shown) {
    this.shown = shown;
  }

  /** Returns progress that is shown if standard output is a terminal. */
  static PullProgress onTerminal() {
    return new PullProgress(Terminal.isInteractive());
  }

  @Override
  public void stepStarted(Step step) {
    close();
    if (shown) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(step.name().toLowerCase(Locale.ROOT))
              .setStyle(ProgressBarStyle.ASCII)
              .setInitialMax(-1)
              .build();
    }
  }

  @Override
  public void stepProgressed(Step step, long done, long total) {
    if (bar != null) {
      bar.maxHint(total);
      bar.stepTo(done);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}

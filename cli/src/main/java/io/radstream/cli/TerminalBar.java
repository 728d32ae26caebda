package io.radstream.cli;

import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine.Help.Ansi;

/** Bars of progress, for a terminal; into a file or a pipe nothing of them is written. */
final class TerminalBar {

  private TerminalBar() {}

  /** Whether a person looks at what is written; picocli knows the ways to find out. */
  static boolean isShown() {
    return Ansi.AUTO.enabled();
  }

  /**
   * @param unit with a space in front
   */
  static ProgressBarBuilder of(String task, String unit) {
    ProgressBarBuilder bar = new ProgressBarBuilder().setTaskName(task).setUnit(unit, 1);
    return isShown() ? bar : bar.setConsumer(new DelegatingProgressBarConsumer(line -> {}));
  }
}

package io.radstream.cli;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Help.Ansi;

/** Bars of progress: drawn on a terminal, else now and then a plain line of the log. */
final class TerminalBar {

  private static final Logger LOG = LoggerFactory.getLogger(TerminalBar.class);
  private static final int LINE_MILLIS = 30_000;
  private static final int COLUMNS = 120;

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
    return isShown()
        ? bar
        : bar.setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(LINE_MILLIS)
            .setConsumer(new DelegatingProgressBarConsumer(once(LOG::info), COLUMNS));
  }

  /** A bar that ends is drawn twice. */
  private static Consumer<String> once(Consumer<String> log) {
    AtomicReference<String> last = new AtomicReference<>("");
    return line -> {
      if (!line.equals(last.getAndSet(line))) {
        log.accept(line);
      }
    };
  }
}

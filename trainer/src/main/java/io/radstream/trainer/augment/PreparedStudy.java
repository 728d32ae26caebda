package io.radstream.trainer.augment;

import io.radstream.radiology.image.GrayImage;
import java.util.List;

/**
 * A study in memory.
 *
 * @param views the readable ones, each resized to the square that crops are taken from
 * @param report its report
 */
public record PreparedStudy(
    String studyId, int revision, List<GrayImage> views, ReportTokens report) {

  public PreparedStudy {
    views = List.copyOf(views);
  }

  /** Whether there is any view to show. */
  public boolean hasView() {
    return !views.isEmpty();
  }
}

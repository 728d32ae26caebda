package io.radstream.serving.receipt;

import io.radstream.radiology.ViewSelection;
import io.radstream.radiology.study.StudyViews;
import java.util.List;

/**
 * The study that was scored. It is known by its pictures alone: the caller's name for it is no part
 * of a receipt.
 *
 * @param views SHA-256 of each view as it was received, in lower-case hexadecimal, in the order of
 *     the request
 * @param used which of them the network saw, three indices from 0
 */
public record ReceiptInput(List<String> views, List<Integer> used) {

  /**
   * @throws IllegalArgumentException where a field does not hold what it is for
   */
  public ReceiptInput {
    views = Form.list("input.views", views, StudyViews.MOST_VIEWS);
    Form.require(!views.isEmpty(), "input.views", "a list of views");
    views.forEach(view -> Form.sha256("input.views", view));
    used = Form.list("input.used", used, ViewSelection.VIEWS);
    Form.require(used.size() == ViewSelection.VIEWS, "input.used", "three views");
    for (int view : used) {
      Form.number("input.used", view, views.size() - 1L);
    }
  }
}

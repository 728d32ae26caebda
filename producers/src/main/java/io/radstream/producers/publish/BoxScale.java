package io.radstream.producers.publish;

import io.radstream.producers.publish.StudyPart.Frame;
import io.radstream.producers.publish.StudyPart.RawBox;
import io.radstream.producers.publish.StudyPart.RawView;
import io.radstream.schemas.FindingBox;
import io.radstream.schemas.View;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts boxes on the published view, which is smaller than what they were drawn on. What of a box
 * lies beside the picture is cut off.
 */
record BoxScale(View view) {

  /**
   * @param views those of a part
   * @param published the same in the same order
   */
  static List<FindingBox> boxes(List<RawView> views, List<View> published) {
    List<FindingBox> boxes = new ArrayList<>();
    for (int i = 0; i < views.size(); i++) {
      for (RawBox box : views.get(i).boxes()) {
        boxes.add(new BoxScale(published.get(i)).of(box));
      }
    }
    return boxes;
  }

  private FindingBox of(RawBox box) {
    Frame frame =
        box.frame().orElseGet(() -> new Frame(view.getOriginalWidth(), view.getOriginalHeight()));
    double x = within(box.x(), frame.width(), view.getWidth());
    double y = within(box.y(), frame.height(), view.getHeight());
    return FindingBox.newBuilder()
        .setViewId(view.getViewId())
        .setFinding(box.finding())
        .setX(x)
        .setY(y)
        .setWidth(within(box.x() + box.width(), frame.width(), view.getWidth()) - x)
        .setHeight(within(box.y() + box.height(), frame.height(), view.getHeight()) - y)
        .setReader(box.reader().orElse(null))
        .build();
  }

  private static double within(double place, int frame, int published) {
    return Math.max(0, Math.min(published, place * published / frame));
  }
}

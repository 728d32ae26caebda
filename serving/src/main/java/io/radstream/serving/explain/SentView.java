package io.radstream.serving.explain;

import io.radstream.evaluation.boxes.Box;
import io.radstream.radiology.image.ModelInput;

/**
 * A view as it was sent, of which a network sees the middle.
 *
 * @param input of that network
 */
public record SentView(ModelInput input) {

  /**
   * Where a box of what the network saw lies in the view.
   *
   * @param seen in parts of what it saw
   * @return in parts of the view
   */
  public Box box(Box seen) {
    double left = input.sent(seen.left());
    double top = input.sent(seen.top());
    return new Box(
        left,
        top,
        input.sent(seen.left() + seen.width()) - left,
        input.sent(seen.top() + seen.height()) - top);
  }
}

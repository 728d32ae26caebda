package io.radstream.serving.receipt;

import io.radstream.radiology.Sha256;
import io.radstream.radiology.study.StudyViews;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether pictures are those that were scored; their order does not matter.
 *
 * @param images name to content
 */
record InputCheck(Map<String, byte[]> images) {

  private static final String NAME = "input";
  private static final int SHORT = 12;

  /**
   * @param study as it was sent, where all of it is there
   */
  record Found(ReceiptCheck check, Optional<StudyViews> study) {}

  Found of(ReceiptInput input) {
    if (images.isEmpty()) {
      return new Found(ReceiptCheck.notChecked(NAME, "no image was given"), Optional.empty());
    }
    Map<String, byte[]> byDigest = new HashMap<>();
    List<String> wrong = new ArrayList<>();
    images.forEach(
        (name, content) -> {
          String digest = Sha256.of(content);
          byDigest.put(digest, content);
          if (!input.views().contains(digest)) {
            wrong.add(name + " is none of the views");
          }
        });
    List<byte[]> received = new ArrayList<>();
    for (int i = 0; i < input.views().size(); i++) {
      String digest = input.views().get(i);
      if (byDigest.containsKey(digest)) {
        received.add(byDigest.get(digest));
      } else {
        wrong.add(
            "view %d of %d (SHA-256 %s...) is none of the images"
                .formatted(i + 1, input.views().size(), digest.substring(0, SHORT)));
      }
    }
    return new Found(
        wrong.isEmpty()
            ? ReceiptCheck.ok(NAME, "all of its views are there: %d".formatted(received.size()))
            : ReceiptCheck.failed(NAME, String.join("; ", wrong)),
        received.size() == input.views().size()
            ? Optional.of(new StudyViews(Optional.empty(), received))
            : Optional.empty());
  }
}

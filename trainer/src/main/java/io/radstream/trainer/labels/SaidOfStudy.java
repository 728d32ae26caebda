package io.radstream.trainer.labels;

import java.util.ArrayList;
import java.util.List;

/**
 * What is said of a study, finding by finding and by whom: once the last takes it back, the one
 * before counts again. For one thread.
 */
final class SaidOfStudy {

  private record Said(String by, float label) {}

  /** For each finding, the last at the end. */
  private final List<List<Said>> said = new ArrayList<>();

  SaidOfStudy(int findings) {
    for (int i = 0; i < findings; i++) {
      said.add(new ArrayList<>(1));
    }
  }

  /**
   * @param label NaN to take back what was said
   */
  void put(int finding, String by, float label) {
    List<Said> all = said.get(finding);
    all.removeIf(one -> one.by.equals(by));
    if (!Float.isNaN(label)) {
      all.add(new Said(by, label));
    }
  }

  /** Whether nothing is said, or all was taken back. */
  boolean isEmpty() {
    return said.stream().allMatch(List::isEmpty);
  }

  /** One value for each finding, NaN where nothing is said. */
  float[] last() {
    float[] last = new float[said.size()];
    for (int i = 0; i < last.length; i++) {
      List<Said> all = said.get(i);
      last[i] = all.isEmpty() ? Float.NaN : all.get(all.size() - 1).label;
    }
    return last;
  }
}

package io.radstream.experiments.report;

import io.radstream.experiments.results.CellResult;
import io.radstream.experiments.results.TestedStudy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the cells of a column were tested on the same studies with the same labels: more may have
 * been published, corrected or withdrawn between two of them, and then a difference of figures is
 * not one of networks.
 */
final class TestSets {

  private final Map<Column, Map<String, List<Boolean>>> first = new HashMap<>();
  private final List<String> differing = new ArrayList<>();

  void add(Column column, Collection<CellResult> results) {
    for (CellResult result : results) {
      Map<String, List<Boolean>> own = labels(result);
      Map<String, List<Boolean>> before = first.putIfAbsent(column, own);
      if (before != null && !before.equals(own)) {
        differing.add(result.name());
      }
    }
  }

  /** Names of cells that were tested on others than the first of their column. */
  List<String> differing() {
    return List.copyOf(differing);
  }

  private static Map<String, List<Boolean>> labels(CellResult result) {
    Map<String, List<Boolean>> labels = new HashMap<>();
    for (TestedStudy study : result.studies()) {
      labels.put(study.study(), study.present());
    }
    return labels;
  }
}

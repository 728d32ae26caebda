package io.radstream.cli.boxes;

import io.radstream.evaluation.boxes.Box;
import io.radstream.evaluation.boxes.Localization;
import io.radstream.evaluation.boxes.ValueMap;
import io.radstream.evaluation.boxes.ValueMap.Point;
import io.radstream.model.explain.MapKind;
import io.radstream.model.explain.PatchMap;
import io.radstream.radiology.image.ModelInput;
import io.radstream.radiology.study.StudyInput;
import io.radstream.radiology.study.StudyViews;
import io.radstream.serving.explain.SentView;
import io.radstream.serving.score.ExplainedQuestion;
import io.radstream.serving.score.ScoringModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Lays maps of a model beside boxes: each picture is a study of its own.
 *
 * @param threshold regions are what is above
 */
public record BoxEvaluation(ScoringModel model, double threshold) {

  /** Maps are read at so many pixels a side at least, so that boxes are not coarser than maps. */
  private static final int LEAST_SIDE = 64;

  private static final String ALL = "all";
  private static final String MIDDLE = "middle";

  /**
   * @throws io.radstream.radiology.study.UnusableViewException where a picture is none
   */
  public BoxReport of(Stream<MarkedPicture> pictures) {
    Map<String, Map<String, List<Localization.Case>>> cases = new TreeMap<>();
    int[] leftOut = {0};
    pictures.forEach(
        picture -> {
          StudyInput study =
              model.prepare(new StudyViews(Optional.empty(), List.of(picture.encoded())));
          picture
              .drawn()
              .forEach(
                  (finding, boxes) -> {
                    if (model.ways().containsKey(finding)) {
                      judge(study, finding, boxes, cases);
                    } else {
                      leftOut[0] += boxes.size();
                    }
                  });
        });
    return report(cases, leftOut[0]);
  }

  private void judge(
      StudyInput study,
      String finding,
      List<Box> boxes,
      Map<String, Map<String, List<Localization.Case>>> cases) {
    Map<String, List<Localization.Case>> maps =
        cases.computeIfAbsent(finding, name -> new LinkedHashMap<>());
    for (MapKind kind : model.maps()) {
      maps.computeIfAbsent(kind.name().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(found(study, finding, boxes, kind));
    }
  }

  private Localization.Case found(StudyInput study, String finding, List<Box> boxes, MapKind kind) {
    PatchMap map =
        model.explain(study, new ExplainedQuestion.Finding(finding, kind)).views().get(0);
    int side = Math.max(LEAST_SIDE, model.imageSize());
    ValueMap values = new ValueMap(side, map.over(side));
    ModelInput input = new ModelInput(model.imageSize());
    SentView sent = new SentView(input);
    Point peak = values.peak();
    return new Localization.Case(
        values.above(threshold).stream().map(region -> sent.box(region.box())).toList(),
        new Point(input.sent(peak.x()), input.sent(peak.y())),
        boxes);
  }

  private BoxReport report(Map<String, Map<String, List<Localization.Case>>> cases, int leftOut) {
    List<BoxReport.Row> rows = new ArrayList<>();
    Map<String, List<Localization.Case>> all = new LinkedHashMap<>();
    cases.forEach(
        (finding, maps) -> {
          List<Localization.Case> first = maps.values().iterator().next();
          maps.put(MIDDLE, middle(first));
          maps.forEach(
              (map, found) -> {
                rows.add(new BoxReport.Row(finding, map, Localization.of(found)));
                all.computeIfAbsent(map, name -> new ArrayList<>()).addAll(found);
              });
        });
    all.forEach((map, found) -> rows.add(new BoxReport.Row(ALL, map, Localization.of(found))));
    return new BoxReport(model.identity().checkpointId(), threshold, List.copyOf(rows), leftOut);
  }

  /** Who knows nothing but how large the boxes of a finding are. */
  private static List<Localization.Case> middle(List<Localization.Case> cases) {
    List<Box> drawn = cases.stream().flatMap(it -> it.drawn().stream()).toList();
    double width = drawn.stream().mapToDouble(Box::width).average().orElseThrow();
    double height = drawn.stream().mapToDouble(Box::height).average().orElseThrow();
    Box box = new Box((1 - width) / 2, (1 - height) / 2, width, height);
    return cases.stream()
        .map(it -> new Localization.Case(List.of(box), new Point(0.5, 0.5), it.drawn()))
        .toList();
  }
}

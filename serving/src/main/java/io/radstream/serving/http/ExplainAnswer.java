package io.radstream.serving.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.radstream.evaluation.boxes.Box;
import io.radstream.evaluation.boxes.ValueMap;
import io.radstream.model.explain.PatchMap;
import io.radstream.radiology.image.ModelInput;
import io.radstream.serving.explain.ExplainedStudy;
import io.radstream.serving.explain.Overlay;
import io.radstream.serving.explain.SentView;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The body of an answer of {@code /v1/explain}. Boxes are in parts of each view as it was sent. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExplainAnswer(
    String studyId,
    String map,
    double score,
    double threshold,
    ModelAnswer checkpoint,
    List<View> views) {

  /** Maps are read at no fewer pixels, so that boxes are not coarser than maps. */
  private static final int LEAST_SIDE = 64;

  @JsonInclude(JsonInclude.Include.NON_NULL)
  @SuppressWarnings("ArrayRecordComponent") // written out once, never compared
  record View(int view, int grid, float[] values, Box seen, List<Region> boxes, byte[] overlay) {}

  record Region(double left, double top, double width, double height, double peak) {}

  static ExplainAnswer of(ExplainedStudy study, ExplainRequest asked) {
    List<Integer> selection = study.input().selection();
    List<View> views =
        IntStream.range(0, selection.size())
            .filter(slot -> selection.indexOf(selection.get(slot)) == slot)
            .mapToObj(slot -> view(study, slot, asked))
            .toList();
    return new ExplainAnswer(
        study.input().studyId().orElse(null),
        asked.question().kind().name().toLowerCase(Locale.ROOT),
        study.maps().logOdds(),
        asked.threshold(),
        ModelAnswer.of(study.model()),
        views);
  }

  private static View view(ExplainedStudy study, int slot, ExplainRequest asked) {
    PatchMap map = study.maps().views().get(slot);
    int side = Math.max(LEAST_SIDE, study.side());
    List<ValueMap.Region> regions = new ValueMap(side, map.over(side)).above(asked.threshold());
    SentView sent = new SentView(new ModelInput(study.side()));
    return new View(
        study.input().selection().get(slot),
        map.grid(),
        map.values(),
        sent.box(new Box(0, 0, 1, 1)),
        regions.stream().map(region -> region(sent, region)).toList(),
        asked.overlay()
            ? new Overlay(study.input().images(), study.side())
                .png(slot, map, regions.stream().map(ValueMap.Region::box).toList())
            : null);
  }

  private static Region region(SentView sent, ValueMap.Region region) {
    Box box = sent.box(region.box());
    return new Region(box.left(), box.top(), box.width(), box.height(), region.peak());
  }
}

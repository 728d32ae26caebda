package io.radstream.serving.search;

import io.radstream.radiology.study.StudyInput;
import io.radstream.radiology.study.StudyViews;
import io.radstream.radiology.study.UnusableViewException;
import io.radstream.schemas.StudyTuple;
import io.radstream.serving.pictures.LostPictureException;
import io.radstream.serving.pictures.PictureReader;
import io.radstream.serving.pictures.ViewPictures;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.ReportTexts;
import io.radstream.serving.score.ScoredStudy;
import io.radstream.serving.score.ScoringModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Has a model see the views of studies, as it is to see them, and read their reports. A report that
 * another tokenizer has made token ids of cannot be read; its study is without one then.
 */
record TupleReader(ScoringModel model, PictureReader pictures) {

  private record Usable(StudyTuple tuple, StudyInput input) {}

  /**
   * @param tuples few enough for one pass, each with views
   * @return those that could be read, in their order
   * @throws io.radstream.serving.pictures.PicturesAwayException where pictures cannot be read now
   */
  List<IndexedStudy> read(List<StudyTuple> tuples) {
    List<Usable> usable = tuples.stream().flatMap(tuple -> usable(tuple).stream()).toList();
    if (usable.isEmpty()) {
      return List.of();
    }
    List<ScoredStudy> seen = model.score(usable.stream().map(Usable::input).toList());
    Map<String, IndexedStudy.Report> reports =
        reports(usable.stream().map(Usable::tuple).filter(this::isReadable).toList());
    List<IndexedStudy> studies = new ArrayList<>();
    for (int i = 0; i < usable.size(); i++) {
      StudyTuple tuple = usable.get(i).tuple;
      studies.add(
          new IndexedStudy(
              tuple.getStudyId(),
              tuple.getRevision(),
              seen.get(i).vector(),
              Optional.ofNullable(reports.get(tuple.getStudyId()))));
    }
    return studies;
  }

  private Optional<Usable> usable(StudyTuple tuple) {
    if (tuple.getViews().size() > StudyViews.MOST_VIEWS) {
      return Optional.empty();
    }
    List<ViewPictures> views = tuple.getViews().stream().map(ViewPictures::of).toList();
    boolean full = model.identity().content().originals();
    try {
      StudyViews shown = new StudyViews(Optional.empty(), pictures.of(views, full));
      return Optional.of(new Usable(tuple, model.prepare(shown)));
    } catch (UnusableViewException | LostPictureException e) {
      return Optional.empty();
    }
  }

  private boolean isReadable(StudyTuple tuple) {
    return model.capabilities().contains(Capability.PROMPTS)
        && !tuple.getTokens().isEmpty()
        && model.texts().fingerprint().equals(tuple.getTokenizer());
  }

  private Map<String, IndexedStudy.Report> reports(List<StudyTuple> tuples) {
    Map<String, IndexedStudy.Report> reports = new HashMap<>();
    if (!tuples.isEmpty()) {
      ReportTexts texts = model.texts();
      float[][] vectors =
          model.embedReports(tuples.stream().map(TupleReader::read).toArray(int[][]::new));
      for (int i = 0; i < vectors.length; i++) {
        StudyTuple tuple = tuples.get(i);
        reports.put(
            tuple.getStudyId(),
            new IndexedStudy.Report(texts.text(ids(tuple.getTokens())), vectors[i]));
      }
    }
    return reports;
  }

  /** Ids for the report encoder. */
  private static int[] read(StudyTuple tuple) {
    return ids(tuple.getEncoderTokens() == null ? tuple.getTokens() : tuple.getEncoderTokens());
  }

  private static int[] ids(List<Integer> tokens) {
    return tokens.stream().mapToInt(Integer::intValue).toArray();
  }
}

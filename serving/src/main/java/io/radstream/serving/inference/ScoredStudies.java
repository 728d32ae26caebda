package io.radstream.serving.inference;

import io.radstream.serving.score.Capability;
import io.radstream.serving.score.ScoredStudy;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The studies of a request, scored, in their order. */
public final class ScoredStudies {

  private final List<ScoredStudy> studies;
  private final List<String> findings;

  private ScoredStudies(List<ScoredStudy> studies) {
    this.studies = List.copyOf(studies);
    this.findings = List.copyOf(studies.get(0).probabilities().keySet());
  }

  /**
   * @throws MixedAnswersException where the studies cannot be rows of one tensor
   */
  public static ScoredStudies of(List<ScoredStudy> studies) {
    ScoredStudies scored = new ScoredStudies(studies);
    for (ScoredStudy study : studies) {
      if (!scored.findings.equals(List.copyOf(study.probabilities().keySet()))
          || study.vector().length != studies.get(0).vector().length) {
        throw new MixedAnswersException();
      }
    }
    return scored;
  }

  /** The body that answers with what was asked for. */
  public InferenceAnswer answer(
      String modelName, InferenceRequest request, Set<Capability> offered) {
    return InferenceAnswer.of(modelName, request, request.wanted(offered), this);
  }

  /** The checkpoint that answered; null where it was not the same for all. */
  String version() {
    List<String> checkpoints = checkpoints();
    return checkpoints.stream().distinct().count() == 1 ? checkpoints.get(0) : null;
  }

  private List<String> checkpoints() {
    return studies.stream().map(study -> study.model().checkpointId()).toList();
  }

  Tensor tensor(Output output) {
    return switch (output) {
      case FINDING -> new Tensor.Texts(output.key(), findings);
      case CHECKPOINT -> new Tensor.Texts(output.key(), checkpoints());
      case FAMILIARITY -> new Tensor.Texts(output.key(), familiarity());
      case PROBABILITIES ->
          rows(
              output, studies.stream().map(study -> row(study.reading().probabilities())).toList());
      case RAW_PROBABILITIES ->
          rows(output, studies.stream().map(study -> row(study.probabilities())).toList());
      case VECTOR -> rows(output, studies.stream().map(ScoredStudy::vector).toList());
    };
  }

  private List<String> familiarity() {
    return studies.stream()
        .map(
            study ->
                study
                    .reading()
                    .familiarity()
                    .map(known -> known.isUnfamiliar() ? "unfamiliar" : "familiar")
                    .orElse("unknown"))
        .toList();
  }

  /** The calibrations that changed a probability; null where none did. */
  String calibration() {
    List<String> files =
        studies.stream().flatMap(study -> study.calibration().stream()).distinct().toList();
    return files.isEmpty() ? null : String.join(", ", files);
  }

  private float[] row(Map<String, Double> probabilities) {
    float[] row = new float[findings.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = probabilities.get(findings.get(i)).floatValue();
    }
    return row;
  }

  private static Tensor rows(Output output, List<float[]> rows) {
    int columns = rows.get(0).length;
    float[] all = new float[rows.size() * columns];
    List<Long> shape = List.of((long) rows.size(), (long) columns);
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, all, i * columns, columns);
    }
    return new Tensor.Floats(output.key(), shape, all);
  }
}

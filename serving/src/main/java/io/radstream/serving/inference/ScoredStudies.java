package io.radstream.serving.inference;

import io.radstream.serving.score.Capability;
import io.radstream.serving.score.ScoredStudy;
import java.util.List;
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
      case PROBABILITIES -> rows(output, studies.stream().map(this::probabilities).toList());
      case VECTOR -> rows(output, studies.stream().map(ScoredStudy::vector).toList());
    };
  }

  private float[] probabilities(ScoredStudy study) {
    float[] row = new float[findings.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = study.probabilities().get(findings.get(i)).floatValue();
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

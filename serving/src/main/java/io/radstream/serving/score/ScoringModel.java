package io.radstream.serving.score;

import io.radstream.radiology.ViewSelection;
import io.radstream.radiology.study.StudyInput;
import io.radstream.radiology.study.StudyPreparation;
import io.radstream.radiology.study.StudyViews;
import io.radstream.radiology.study.UnusableViewException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A network together with its prompts: all that answers a request. Thread-safe. */
public final class ScoringModel implements AutoCloseable {

  private final ModelIdentity identity;
  private final StudyNetwork network;
  private final ZeroShot zeroShot;
  private final StudyPreparation preparation;

  private ScoringModel(ModelIdentity identity, StudyNetwork network, ZeroShot zeroShot) {
    this.identity = identity;
    this.network = network;
    this.zeroShot = zeroShot;
    this.preparation = new StudyPreparation(network.imageSize());
  }

  /**
   * Embeds the prompts and runs one empty study through the network, so that the first real one is
   * as fast as the next.
   *
   * @param network closed together with the model
   * @param tokenize text to token ids, from start to end token
   * @throws IllegalArgumentException where the network gives vectors that are not numbers
   */
  public static ScoringModel warm(
      ModelIdentity identity,
      StudyNetwork network,
      Function<String, int[]> tokenize,
      PromptSet prompts) {
    ZeroShot zeroShot = ZeroShot.of(network, tokenize, prompts);
    ScoringModel model = new ScoringModel(identity, network, zeroShot);
    int side = network.imageSize();
    float[] vector = network.embedStudies(new float[ViewSelection.VIEWS * side * side], 1)[0];
    boolean usable =
        Vectors.isFinite(vector)
            && zeroShot.probabilities(vector).values().stream().allMatch(Double::isFinite);
    if (!usable) {
      throw new IllegalArgumentException("the network gives vectors that are not numbers");
    }
    return model;
  }

  public ModelIdentity identity() {
    return identity;
  }

  /**
   * @throws UnusableViewException naming the first view that is not a usable radiograph
   */
  StudyInput prepare(StudyViews views) {
    return preparation.prepare(views);
  }

  /**
   * One pass through the network for all of the studies.
   *
   * @throws IllegalStateException where the network leaves out one of them
   */
  List<ScoredStudy> score(List<StudyInput> studies) {
    int length = studies.get(0).images().length;
    float[] images = new float[studies.size() * length];
    for (int i = 0; i < studies.size(); i++) {
      System.arraycopy(studies.get(i).images(), 0, images, i * length, length);
    }
    float[][] vectors = network.embedStudies(images, studies.size());
    if (vectors.length != studies.size()) {
      throw new IllegalStateException(
          "the network gave %d vectors for %d studies".formatted(vectors.length, studies.size()));
    }
    List<ScoredStudy> scored = new ArrayList<>();
    for (int i = 0; i < vectors.length; i++) {
      StudyInput study = studies.get(i);
      scored.add(
          new ScoredStudy(
              study.studyId(),
              identity,
              zeroShot.probabilities(vectors[i]),
              vectors[i],
              study.distinctViews(),
              study.selection()));
    }
    return scored;
  }

  @Override
  public void close() {
    network.close();
  }
}

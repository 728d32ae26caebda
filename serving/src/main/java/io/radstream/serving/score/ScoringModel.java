package io.radstream.serving.score;

import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageDecoder;
import io.radstream.radiology.image.ModelInput;
import io.radstream.radiology.image.UnreadableImageException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A network together with its prompts: all that answers a request. Thread-safe. */
public final class ScoringModel implements AutoCloseable {

  private static final int VIEWS = 3;

  private final ModelIdentity identity;
  private final StudyNetwork network;
  private final ZeroShot zeroShot;
  private final ImageDecoder decoder = new ImageDecoder();
  private final ModelInput modelInput;

  private ScoringModel(ModelIdentity identity, StudyNetwork network, ZeroShot zeroShot) {
    this.identity = identity;
    this.network = network;
    this.zeroShot = zeroShot;
    this.modelInput = new ModelInput(network.imageSize());
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
    float[] vector = network.embedStudies(new float[VIEWS * side * side], 1)[0];
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
   * Decodes every view, so that a bad one is told even if it would not have been drawn.
   *
   * @throws UnusableViewException naming the first view that is not a usable radiograph
   */
  StudyInput prepare(StudyViews views) {
    List<Integer> selection = views.selection();
    List<Integer> distinct = views.distinct();
    int plane = network.imageSize() * network.imageSize();
    float[] images = new float[VIEWS * plane];
    for (int index : distinct) {
      GrayImage image = decode(views, index);
      if (selection.contains(index)) {
        float[] pixels = modelInput.center(image);
        for (int slot = 0; slot < VIEWS; slot++) {
          if (selection.get(slot) == index) {
            System.arraycopy(pixels, 0, images, slot * plane, plane);
          }
        }
      }
    }
    return new StudyInput(views.studyId(), images, distinct.size(), selection);
  }

  private GrayImage decode(StudyViews views, int index) {
    try {
      return decoder.decode(views.received().get(index));
    } catch (UnreadableImageException e) {
      throw new UnusableViewException(index, e);
    }
  }

  /** One pass through the network for all of the studies. */
  List<ScoredStudy> score(List<StudyInput> studies) {
    int length = studies.get(0).images().length;
    float[] images = new float[studies.size() * length];
    for (int i = 0; i < studies.size(); i++) {
      System.arraycopy(studies.get(i).images(), 0, images, i * length, length);
    }
    float[][] vectors = network.embedStudies(images, studies.size());
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

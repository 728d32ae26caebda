package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.network.DistinctViews;
import io.radstream.model.network.ImageEncoder;
import io.radstream.model.network.RadiographTransformer;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.network.ViewFusion;
import io.radstream.model.objective.KnownLabels;
import io.radstream.model.objective.LabelObjective;
import io.radstream.model.objective.LanguageObjective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the network makes of a batch, or of a part of one, and the way back from its losses. The way
 * back is gone once.
 */
public final class ExplicitForward {

  private final RefersNetwork network;
  private final Layers layers;
  private final StudyBatch batch;
  private final Radiographs.Seen seen;
  private final DistinctViews views;
  private final Fusions.Fused fused;
  private final Optional<Passed> reports;
  private final List<Runnable> ways = new ArrayList<>();
  private final Slope vectors;
  private final Slope memory;

  private ExplicitForward(
      RefersNetwork network,
      Layers layers,
      StudyBatch batch,
      DistinctViews views,
      Radiographs.Seen seen,
      Optional<Passed> reports) {
    this.network = network;
    this.layers = layers;
    this.batch = batch;
    this.views = views;
    this.seen = seen;
    this.fused = new Fusions(layers).apply(network.fusion(), ofStudies(seen.output()));
    this.reports = reports;
    this.vectors = new Slope(layers.operations(), fused.study().vectors());
    this.memory = new Slope(layers.operations(), fused.study().memory());
  }

  static ExplicitForward of(RefersNetwork network, Layers layers, StudyBatch batch) {
    Operations operations = layers.operations();
    DistinctViews views = network.views(operations.manager(), batch.images(), batch.size());
    RadiographTransformer radiograph = (RadiographTransformer) network.radiograph();
    Radiographs.Seen seen = new Radiographs(radiograph, layers).apply(views.images());
    Optional<Passed> reports =
        network
            .text()
            .map(
                text ->
                    new Texts(text, layers)
                        .apply(
                            Packed.of(
                                operations.manager(),
                                batch.cutEncoderTokens(text.config().maxTokens()))));
    return new ExplicitForward(network, layers, batch, views, seen, reports);
  }

  /** Where each view is a picture of its own, they are as they are. */
  private boolean isDistinct() {
    return views.images().getShape().get(0) == views.places().size();
  }

  private ImageEncoder.Output ofStudies(ImageEncoder.Output output) {
    return isDistinct()
        ? output
        : new ImageEncoder.Output(
            layers.operations().pick(output.aggregated(), views.places()),
            layers.operations().pick(output.patches(), views.places()));
  }

  /** studies × representations × width, not normalised. */
  public NDArray studies() {
    return fused.study().vectors();
  }

  /**
   * reports × width, not normalised.
   *
   * @throws java.util.NoSuchElementException where nothing reads reports
   */
  public NDArray reports() {
    return reports.orElseThrow().y();
  }

  /**
   * The share of the language loss, a scalar.
   *
   * @param divisor as in {@link io.radstream.model.objective.Term.PerStudy#share}
   * @param weight of the loss, with which it goes back
   */
  public NDArray language(LanguageObjective objective, double divisor, double weight) {
    ViewFusion.Study study = fused.study();
    double factor = -1 / (divisor * study.representations());
    int[][] tokens = objective.reports(batch, study.representations());
    // One token follows none.
    int[] written = IntStream.range(0, tokens.length).filter(i -> tokens[i].length > 1).toArray();
    if (written.length == 0) {
      return layers.operations().manager().zeros(new Shape());
    }
    Passed read = at(study.memory(), written);
    Reports.Likelihood found =
        new Reports(network.report().orElseThrow(), layers)
            .apply(Arrays.stream(written).mapToObj(i -> tokens[i]).toArray(int[][]::new), read.y());
    ways.add(() -> memory.add(read.back().through(found.back().through(weight * factor))));
    return layers.operations().scaled(found.sum(), factor);
  }

  /** Some along the first axis. */
  private Passed at(NDArray x, int... places) {
    long count = x.getShape().get(0);
    if (places.length == count) {
      return new Passed(x, dy -> dy);
    }
    Operations operations = layers.operations();
    NDArray picked = operations.manager().create(Arrays.stream(places).asLongStream().toArray());
    return new Passed(operations.pick(x, picked), dy -> operations.pickBack(dy, picked, count));
  }

  /** The same of the loss of labels. */
  public NDArray labels(LabelObjective objective, double divisor, double weight) {
    Operations operations = layers.operations();
    Passed logits =
        layers.linear(
            network.labels().orElseThrow(), studies().reshape(-1, studies().getShape().get(2)));
    double factor = 1 / (Math.max(1, divisor) * fused.study().representations());
    List<NDArray> loss = labels(logits.y());
    ways.add(
        () -> {
          NDArray dlogits = operations.scaled(loss.get(1), factor * weight);
          NDArray dvectors = logits.back().through(dlogits.reshape(logits.y().getShape()));
          vectors.add(dvectors.reshape(studies().getShape()));
        });
    return operations.scaled(loss.get(0), factor);
  }

  /** Σ log(1 + eˣ) − x·y over what is known, and its gradient by the logits. */
  private List<NDArray> labels(NDArray logits) {
    Shape shape = studies().getShape();
    long findings = logits.getShape().get(1);
    Operations operations = layers.operations();
    KnownLabels own =
        KnownLabels.of(operations.manager(), batch.labels(), Math.toIntExact(findings));
    return operations
        .call("label")
        .with(logits.reshape(shape.get(0), shape.get(1), findings), own.present(), own.known())
        .many();
  }

  /** To be gone back from: a gradient by the vectors. */
  public void pull(Contrast.Found gradient) {
    ways.add(
        () -> {
          vectors.add(gradient.studies());
          reports.orElseThrow().back().through(gradient.reports());
        });
  }

  /** Goes back to the weights. */
  public void back() {
    ways.forEach(Runnable::run);
    ImageEncoder.Output dviews = fused.back().through(vectors.sum(), memory.sum());
    if (isDistinct()) {
      seen.back().through(dviews.aggregated(), dviews.patches());
    } else {
      Operations operations = layers.operations();
      long count = views.images().getShape().get(0);
      seen.back()
          .through(
              operations.pickBack(dviews.aggregated(), views.places(), count),
              operations.pickBack(dviews.patches(), views.places(), count));
    }
  }
}

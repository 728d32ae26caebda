package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.network.ImageEncoder;
import io.radstream.model.network.RadiographTransformer;
import io.radstream.model.network.RefersNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the network makes of a batch, or of a part of one, and the way back from its losses. The way
 * back is gone once.
 */
public final class ExplicitForward {

  private final RefersNetwork network;
  private final Layers layers;
  private final Inputs inputs;
  private final Radiographs.Seen seen;
  private final Fusions.Fused fused;
  private final Optional<Passed> reports;
  private final List<Runnable> ways = new ArrayList<>();
  private Runnable pull = () -> {};
  private final Slope vectors;
  private final Slope memory;

  private ExplicitForward(
      RefersNetwork network,
      Layers layers,
      Inputs inputs,
      Radiographs.Seen seen,
      Optional<Passed> reports) {
    this.network = network;
    this.layers = layers;
    this.inputs = inputs;
    this.seen = seen;
    this.fused = new Fusions(layers).apply(network.fusion(), ofStudies(seen.output()));
    this.reports = reports;
    this.vectors = new Slope(layers.operations(), fused.study().vectors());
    this.memory = new Slope(layers.operations(), fused.study().memory());
  }

  static ExplicitForward of(RefersNetwork network, Layers layers, Inputs inputs) {
    RadiographTransformer radiograph = (RadiographTransformer) network.radiograph();
    Radiographs.Seen seen =
        new Radiographs(radiograph, layers).apply(inputs.images(), inputs.patches());
    Optional<Passed> reports =
        network.text().map(text -> new Texts(text, layers).apply(inputs.read().orElseThrow()));
    return new ExplicitForward(network, layers, inputs, seen, reports);
  }

  private ImageEncoder.Output ofStudies(ImageEncoder.Output output) {
    return inputs
        .views()
        .map(
            views ->
                new ImageEncoder.Output(
                    layers.operations().pick(output.aggregated(), views),
                    layers.operations().pick(output.patches(), views)))
        .orElse(output);
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
   * @param factor of the sum of likelihoods
   */
  public NDArray language(Factor factor) {
    if (inputs.written().isEmpty()) {
      return layers.operations().zerosLike(factor.loss());
    }
    Reports.Likelihood found =
        new Reports(network.report().orElseThrow(), layers)
            .apply(inputs.written().get(), fused.study().memory());
    ways.add(() -> memory.add(found.back().through(factor.gradient())));
    return layers.operations().times(found.sum(), factor.loss());
  }

  /** The same of the loss of labels, its factor that of the sum of cross entropies. */
  public NDArray labels(Factor factor) {
    Operations operations = layers.operations();
    Shape shape = studies().getShape();
    Passed logits =
        layers.linear(
            network.labels().orElseThrow(),
            operations.shaped(studies(), shape.get(0) * shape.get(1), shape.get(2)));
    List<NDArray> loss = labels(logits.y());
    ways.add(
        () -> {
          NDArray dlogits = operations.times(loss.get(1), factor.gradient());
          NDArray dvectors = logits.back().through(dlogits.reshape(logits.y().getShape()));
          vectors.add(dvectors.reshape(shape));
        });
    return operations.times(loss.get(0), factor.loss());
  }

  /** Σ log(1 + eˣ) − x·y over what is known, and its gradient by the logits. */
  private List<NDArray> labels(NDArray logits) {
    Shape shape = studies().getShape();
    Inputs.Labels labels = inputs.labels().orElseThrow();
    return layers
        .operations()
        .call("label")
        .with(logits.reshape(shape.get(0), shape.get(1), logits.getShape().get(1)))
        .with(labels.present(), labels.known())
        .many();
  }

  /** To be gone back from: a gradient by the vectors. */
  public void pull(Contrast.Found gradient) {
    pull =
        () -> {
          vectors.add(gradient.studies());
          reports.orElseThrow().back().through(gradient.reports());
        };
  }

  /** Goes back to the weights. */
  public void back() {
    ways.forEach(Runnable::run);
    behind(NetworkPart.REPORT, NetworkPart.HEADS, NetworkPart.PRETEXT);
    pull.run();
    behind(NetworkPart.TEXT);
    ImageEncoder.Output dviews = fused.back().through(vectors.sum(), memory.sum());
    behind(NetworkPart.FUSION);
    if (inputs.views().isEmpty()) {
      seen.back().through(dviews.aggregated(), dviews.patches());
    } else {
      Operations operations = layers.operations();
      NDArray views = inputs.views().get();
      long count = inputs.images().getShape().get(0);
      seen.back()
          .through(
              operations.pickBack(dviews.aggregated(), views, count),
              operations.pickBack(dviews.patches(), views, count));
    }
    behind(NetworkPart.RADIOGRAPH);
  }

  private void behind(NetworkPart... parts) {
    for (NetworkPart part : parts) {
      layers.sums().behind(part, WayBack.WHOLE);
    }
  }
}

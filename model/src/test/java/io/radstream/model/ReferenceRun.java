package io.radstream.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.radstream.model.config.Compute;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.HostMemory;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.network.DistinctViews;
import io.radstream.model.network.ImageEncoder;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.ReportTransformer;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.network.TokenBatch;
import io.radstream.model.network.UnitVectors;
import io.radstream.model.network.ViewFusion;
import io.radstream.model.objective.BatchLosses;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.model.training.BatchPass;
import io.radstream.model.training.Division;
import io.radstream.model.training.Exchange;
import io.radstream.model.training.Goals;
import io.radstream.model.training.StepObserver;
import io.radstream.model.weights.Parameter;
import io.radstream.model.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that is compared with the reference, for one network: outputs, losses and gradients of
 * the first batch, and the weights after some steps.
 *
 * @param source gives fresh copies of the first weights
 */
record ReferenceRun(
    ModelConfig model,
    OptimizerConfig optimizer,
    LearningRates rates,
    int steps,
    List<StudyBatch> batches,
    Weights.Source source) {

  /** What float32 gives, by name; the arrays belong to {@code owner}. */
  Map<String, NDArray> run(NDManager owner) {
    return all(owner, DataType.FLOAT32);
  }

  /** The same in float64: nothing is rounded that could be seen. */
  Map<String, NDArray> exact(NDManager owner) {
    return all(owner, DataType.FLOAT64);
  }

  private Map<String, NDArray> all(NDManager owner, DataType type) {
    Map<String, NDArray> found = once(owner, type);
    train(owner, type, found);
    return found;
  }

  private Map<String, NDArray> once(NDManager owner, DataType type) {
    Map<String, NDArray> found = new LinkedHashMap<>();
    try (NDManager manager = owner.newSubManager()) {
      RefersNetwork network =
          RefersNetwork.of(
              manager,
              model,
              ObjectiveList.parts(model),
              copies(manager, type),
              new Arithmetic.Plain());
      outputs(network, manager, owner, found);
      gradients(network, manager, owner, found);
    }
    return found;
  }

  private void outputs(
      RefersNetwork network, NDManager manager, NDManager owner, Map<String, NDArray> found) {
    StudyBatch batch = batches.get(0);
    DistinctViews views =
        DistinctViews.of(
            manager,
            new HostMemory(manager),
            batch.images(),
            batch.size(),
            model.radiograph().imageSize());
    ImageEncoder.Output seen = network.radiograph().apply(views.images()).at(views.places());
    ViewFusion.Study study = network.fusion().apply(seen);
    NDArray reports =
        network
            .text()
            .orElseThrow()
            .apply(TokenBatch.of(manager, batch.encoderTokens(), model.text().maxTokens()), false);
    NDArray ids = TokenBatch.of(manager, batch.tokens(), model.report().maxTokens()).ids();
    ReportTransformer decoder = network.report().orElseThrow();
    put(found, owner, "aggregated", seen.aggregated());
    put(found, owner, "patches", seen.patches());
    put(found, owner, "study_vectors", UnitVectors.of(study.vectors()).get(":, 0"));
    put(found, owner, "report_vectors", UnitVectors.of(reports));
    put(found, owner, "logits", decoder.logits(decoder.features(ids, study.memory(), false)));
  }

  private void gradients(
      RefersNetwork network, NDManager manager, NDManager owner, Map<String, NDArray> found) {
    List<Parameter> learning =
        network.weights().parameters().stream()
            .filter(parameter -> !optimizer.freeze().covers(parameter.part(), parameter.depth()))
            .toList();
    learning.forEach(parameter -> parameter.value().setRequiresGradient(true));
    BatchLosses losses;
    try (GradientCollector collector = TorchEngine.engine().newGradientCollector()) {
      losses =
          new BatchPass(
                  network,
                  Goals.of(network, ObjectiveList.of(model)),
                  new Division(0, 1),
                  Exchange.ALONE)
              .backward(manager, batches.get(0), 0, collector::backward, StepObserver.none());
    }
    found.put("contrastive", owner.create(losses.of("contrastive").orElseThrow()));
    found.put("language", owner.create(losses.of("language").orElseThrow()));
    found.put("loss", owner.create(losses.total()));
    for (Parameter parameter : learning) {
      put(found, owner, "gradient." + parameter.name(), parameter.value().getGradient());
    }
  }

  private void train(NDManager owner, DataType type, Map<String, NDArray> found) {
    NDManager manager = owner.newSubManager();
    Map<String, NDArray> weights = new LinkedHashMap<>();
    Weights.Source remembered =
        (name, shape, kind) -> {
          NDArray value = copies(manager, type).value(name, shape, kind);
          weights.put(name, value);
          return value;
        };
    try (RefersTraining training =
        RefersTraining.start(model, optimizer, Compute.PLAIN, manager, remembered)) {
      double[] losses = new double[steps];
      for (int step = 0; step < steps; step++) {
        StudyBatch batch = batches.get(step % batches.size());
        losses[step] = training.step(batch, rates, step).loss();
      }
      found.put("losses", owner.create(losses, new Shape(steps)));
      weights.forEach((name, value) -> put(found, owner, "after." + name, value));
    }
  }

  private Weights.Source copies(NDManager manager, DataType type) {
    return (name, shape, kind) -> {
      try (NDArray original = source.value(name, shape, kind)) {
        NDArray copy =
            original.getDataType() == type ? original.duplicate() : original.toType(type, true);
        copy.attach(manager);
        return copy;
      }
    };
  }

  private static void put(Map<String, NDArray> found, NDManager owner, String name, NDArray value) {
    NDArray plain = JniUtils.detachGradient((ai.djl.pytorch.engine.PtNDArray) value).duplicate();
    plain.attach(owner);
    found.put(name, plain);
  }
}

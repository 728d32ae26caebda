package io.radstream.trainer.run;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.model.Learning;
import io.radstream.model.RefersTraining;
import io.radstream.model.config.Program;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.pretrained.PretrainedWeights;
import io.radstream.model.pretrained.WeightOrigin;
import io.radstream.model.training.Exchange;
import io.radstream.trainer.config.RunConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network that a run begins with.
 *
 * @param from what the line goes on from; empty for a new line
 * @param taught what a new line is fine-tuned from
 * @param pretrained public weights for a new line
 */
public record FirstNetwork(
    RunConfig config,
    Optional<Checkpoint> from,
    Optional<Checkpoint> taught,
    Optional<PretrainedWeights> pretrained) {

  private static final Logger LOG = LoggerFactory.getLogger(FirstNetwork.class);

  /**
   * Opens no network yet, so that public weights that do not fit are refused before the run waits
   * for studies.
   *
   * @param tokens of the report encoder, by id
   * @throws IOException where public weights cannot be read or do not fit, or the checkpoint to
   *     start from is damaged
   */
  public static FirstNetwork of(RunConfig config, Optional<Checkpoint> from, List<String> tokens)
      throws IOException {
    Optional<Checkpoint> taught = Optional.empty();
    if (from.isEmpty() && !config.initial().checkpoint().isEmpty()) {
      taught = Optional.of(Checkpoint.read(Path.of(config.initial().checkpoint())));
      taught.get().verify();
    }
    return new FirstNetwork(
        config,
        from,
        taught,
        from.isEmpty() && config.initial().hasPublic()
            ? Optional.of(PretrainedWeights.open(config.initial(), config.model(), tokens))
            : Optional.empty());
  }

  /** The checkpoint that the weights come from, wholly or in part. */
  Optional<String> parent() {
    return from.or(() -> taught).map(Checkpoint::id);
  }

  /**
   * @param device of the engine, which has been started with the run's threads
   */
  public RefersTraining open(ComputeDevice device) throws IOException {
    return open(device, Exchange.ALONE);
  }

  /** The same, where others have other shares of each batch. */
  RefersTraining open(ComputeDevice device, Exchange exchange) throws IOException {
    RefersTraining network =
        opened(
            new Learning(config.model(), config.optimizer(), config.compute(), device, exchange));
    Program program = config.compute().program();
    if (program == Program.EXPLICIT || program == Program.CAPTURED) {
      network
          .withoutExplicit()
          .ifPresent(
              what ->
                  LOG.warn(
                      "gradients are found as the engine records them: compute.program={} has"
                          + " no way back for {}",
                      program,
                      what));
    }
    return network;
  }

  private RefersTraining opened(Learning learning) throws IOException {
    if (from.isPresent()) {
      return RefersTraining.resume(
          learning, from.get().file(Checkpoint.MODEL), from.get().file(Checkpoint.OPTIMIZER));
    }
    if (taught.isPresent()) {
      return RefersTraining.fineTune(learning, config.seed(), taught.get().file(Checkpoint.MODEL));
    }
    return pretrained.isPresent()
        ? start(learning, pretrained.get())
        : RefersTraining.start(learning, config.seed());
  }

  private RefersTraining start(Learning learning, PretrainedWeights weights) throws IOException {
    List<WeightOrigin> origins = new ArrayList<>();
    RefersTraining training = RefersTraining.start(learning, config.seed(), weights, origins::add);
    new OriginLog(config.initial()).tell(weights.remarks(), origins);
    return training;
  }
}

package io.radstream.cli;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointDirectory;
import io.radstream.cli.embedded.Workplace;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.serving.checkpoint.CheckpointLoader;
import io.radstream.serving.checkpoint.NetworkLoader;
import io.radstream.serving.checkpoint.RefusedCheckpointException;
import io.radstream.serving.fleet.Exam;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.panel.GatePolicy;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.PromptSet;
import io.radstream.serving.score.ScoringModel;
import io.radstream.trainer.bisect.FigureMeter;
import io.radstream.trainer.replay.ReplayedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a gate would let a network through: 1, or 0 where it would not. What it is compared with
 * is a checkpoint of the same line.
 */
final class GateMeter implements FigureMeter, AutoCloseable {

  /** Is told what the gate said. */
  @FunctionalInterface
  interface Listener {
    void judged(long step, Verdict verdict);
  }

  private final GatePolicy gate;
  private final Checkpoint like;
  private final PromptSet prompts;
  private final DeviceChoice device;
  private final Listener listener;
  private Optional<CheckpointLoader> loader = Optional.empty();
  private Optional<ScoringModel> live = Optional.empty();
  private long judged;

  /**
   * @param like takes the part of the live one
   */
  GateMeter(
      GatePolicy gate, Checkpoint like, PromptSet prompts, DeviceChoice device, Listener listener) {
    this.gate = gate;
    this.like = like;
    this.prompts = prompts;
    this.device = device;
    this.listener = listener;
  }

  /** Of the figure; another panel, level or checkpoint has another. */
  String name() {
    return "%s, against step %d".formatted(gate.name(), like.state().step());
  }

  @Override
  public boolean isOfRuns() {
    return false;
  }

  @Override
  public Map<String, Double> measure(long step, ReplayedNetwork network) throws IOException {
    if (live.isEmpty()) {
      live = Optional.of(loader().open(like));
    }
    try (Workplace folder = Workplace.of(Optional.empty())) {
      CheckpointDirectory directory = new CheckpointDirectory(folder.directory());
      write(network, directory);
      try (ScoringModel candidate = loader().open(directory, identity(step))) {
        Verdict verdict =
            gate.judge(new Exam(Optional.of(candidate), Optional.of(live.get()), () -> false));
        listener.judged(step, verdict);
        return Map.of(name(), verdict instanceof Verdict.Promote ? 1.0 : 0.0);
      }
    } catch (RefusedCheckpointException e) {
      throw new IOException("the weights of step %d: %s".formatted(step, e.getMessage()), e);
    }
  }

  /** On the replay's own device, as it has started it. */
  private CheckpointLoader loader() {
    if (loader.isEmpty()) {
      loader =
          Optional.of(
              new CheckpointLoader(
                  like.directory(),
                  FindingSets.of(prompts),
                  NetworkLoader.on(device.start(TorchEngine.threads())),
                  Clock.systemUTC(),
                  false));
    }
    return loader.get();
  }

  /** Of two networks of one step, a counterfactual one is another. */
  private ModelIdentity identity(long step) {
    judged++;
    return new ModelIdentity(
        "%s, step %d, network %d".formatted(like.state().line(), step, judged),
        like.state().line(),
        step,
        Instant.EPOCH);
  }

  private void write(ReplayedNetwork network, CheckpointDirectory directory) throws IOException {
    for (String file :
        List.of(Checkpoint.CONFIG, Checkpoint.TOKENIZER, Checkpoint.ENCODER_TOKENIZER)) {
      if (Files.exists(like.file(file))) {
        Files.copy(like.file(file), directory.file(file));
      }
    }
    network.save(directory);
  }

  @Override
  public void close() {
    live.ifPresent(ScoringModel::close);
  }
}

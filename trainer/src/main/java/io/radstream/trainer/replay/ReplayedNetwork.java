package io.radstream.trainer.replay;

import io.radstream.checkpoints.CheckpointDirectory;
import io.radstream.model.RefersTraining;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.objective.Evaluation;
import io.radstream.model.objective.Objective;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.data.TrainingData;
import io.radstream.trainer.traits.StudyPlace;
import io.radstream.trainer.validation.Validator;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A network as a replay has it after a step. Looking changes nothing. */
public final class ReplayedNetwork {

  /** Takes studies as they come. */
  @FunctionalInterface
  public interface Taker {

    /**
     * @param loss of the study alone under these weights; what a study is compared with others by
     *     is not in it
     */
    void take(StudyPlace place, PreparedStudy study, double loss);
  }

  private final RefersTraining network;
  private final TrainingData data;

  ReplayedNetwork(RefersTraining network, TrainingData data) {
    this.network = network;
    this.data = data;
  }

  /**
   * Figures of validation by name, as the run itself measures them; empty where it has nothing to
   * measure on.
   */
  public Map<String, Double> figures() {
    return new Validator(data.validation()).validate(network);
  }

  /** Studies that the run learns from, those that can be shown. */
  public void forEach(Collection<StudyPlace> places, Taker taker) {
    Map<String, List<StudyPlace>> bySource =
        places.stream().collect(Collectors.groupingBy(StudyPlace::source));
    bySource.forEach(
        (source, of) ->
            data.singles()
                .forEach(
                    source,
                    of.stream().map(StudyPlace::ref).sorted().toList(),
                    (ref, study, batch) ->
                        taker.take(new StudyPlace(source, ref), study, loss(batch))));
  }

  /**
   * Writes weights and optimizer state as a checkpoint has them.
   *
   * @throws IOException where they cannot be written
   */
  public void save(CheckpointDirectory directory) throws IOException {
    network.save(
        directory.file(CheckpointDirectory.MODEL), directory.file(CheckpointDirectory.OPTIMIZER));
  }

  String weightsDigest() {
    return network.weightsDigest();
  }

  private double loss(StudyBatch batch) {
    Evaluation evaluation = network.evaluate(batch);
    double loss = 0;
    for (Objective objective : network.objectives()) {
      double own = evaluation.losses().of(objective.name()).orElse(0.0);
      loss += objective.count(batch) > 0 ? objective.weight() * own : 0;
    }
    return loss;
  }
}

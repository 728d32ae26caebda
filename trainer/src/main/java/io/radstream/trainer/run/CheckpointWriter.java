package io.radstream.trainer.run;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointDirectory;
import io.radstream.checkpoints.CheckpointLine;
import io.radstream.checkpoints.CheckpointState;
import io.radstream.model.training.TrainingSnapshot;
import io.radstream.trainer.checkpoint.CheckpointConfig;
import io.radstream.trainer.checkpoint.RunPlace;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.data.RunStudies;
import io.radstream.trainer.data.StartPoint;
import io.radstream.trainer.ledger.LedgerPosition;
import io.radstream.trainer.ledger.LedgerReader;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what a run has learned, and where it stands, as a checkpoint of its line. */
final class CheckpointWriter {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointWriter.class);

  private final CheckpointLine line;
  private final LedgerReader ledger;
  private final RunRequest request;
  private final Optional<String> parent;
  private final Clock clock;

  /**
   * @param parent what the run's first weights grew out of
   */
  CheckpointWriter(OpenLine line, RunRequest request, Optional<String> parent) {
    this.line = line.checkpoints();
    this.ledger = line.reader();
    this.request = request;
    this.parent = parent;
    this.clock = line.at().clock();
  }

  /**
   * What the next checkpoint says, asked for while the run stands still.
   *
   * @param before the newest of the line, or the one that the line branches off
   */
  CheckpointText text(
      StartPoint start, RunStudies studies, RunProgress reached, Optional<Checkpoint> before)
      throws IOException {
    RunPlace place =
        new RunPlace(
            start.arrangement().number(),
            studies.ranges(),
            studies.found(),
            reached.next(),
            reached.ledger(),
            ledgerEnds(before));
    CheckpointState state =
        new CheckpointState(
            config().line(),
            start.runId(),
            reached.step(),
            start.firstStep(),
            config().seed(),
            request.tokenizers().fingerprint(),
            before.map(Checkpoint::id).or(() -> parent).orElse(null),
            clock.instant().toString(),
            reached.figures(),
            Map.of(),
            place.fields());
    return new CheckpointText(state, CheckpointConfig.card(config(), studies.ranges()));
  }

  /** An earlier end does as well: a later start then reads from there. */
  private List<LedgerPosition> ledgerEnds(Optional<Checkpoint> before) throws IOException {
    try {
      return ledger.ends();
    } catch (KafkaException e) {
      LOG.warn("it is not known where the ledger ends: {}", e.getMessage());
      return RunPlace.of(before.filter(this::isOfLine)).map(RunPlace::ledgerEnds).orElse(List.of());
    }
  }

  private boolean isOfLine(Checkpoint checkpoint) {
    return checkpoint.state().line().equals(config().line());
  }

  private RunConfig config() {
    return request.config();
  }

  /**
   * @param snapshot is closed
   * @throws IOException where it cannot be written
   */
  Checkpoint write(CheckpointText text, TrainingSnapshot snapshot) throws IOException {
    try (snapshot) {
      return line.write(
          text.state(),
          config().toJson(),
          text.card(),
          CheckpointDirectory.tokenizerFiles(request.tokenizers()),
          snapshot::save);
    }
  }
}

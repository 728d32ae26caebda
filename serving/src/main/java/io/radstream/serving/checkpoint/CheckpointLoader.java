package io.radstream.serving.checkpoint;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointDirectory;
import io.radstream.checkpoints.CheckpointState;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.checkpoints.DamagedCheckpointException;
import io.radstream.checkpoints.NewerSettingsException;
import io.radstream.model.config.ModelConfig;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicNames;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.CheckpointContent;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.LogPosition;
import io.radstream.serving.score.ModelCalibration;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.PromptSet;
import io.radstream.serving.score.ReportTexts;
import io.radstream.serving.score.ScoringModel;
import io.radstream.serving.score.StudyNetwork;
import io.radstream.serving.score.TokenizedTexts;
import io.radstream.serving.score.TorchNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns an announcement into a warmed model, or refuses it. */
public final class CheckpointLoader {

  private final StoreReader store;
  private final FindingSets findings;
  private final NetworkLoader networks;
  private final InstantSource clock;
  private final boolean calibrated;

  /**
   * @param store the directory that all checkpoints lie under; nothing outside of it is read
   */
  public CheckpointLoader(
      Path store, PromptSet prompts, NetworkLoader networks, InstantSource clock) {
    this(store, FindingSets.of(prompts), networks, clock, true);
  }

  /**
   * @param findings the sets that may be asked for; each network is loaded once for all of them
   * @param calibrated whether probabilities are to be calibrated where that is possible
   */
  public CheckpointLoader(
      Path store,
      FindingSets findings,
      NetworkLoader networks,
      InstantSource clock,
      boolean calibrated) {
    this(new CheckpointStore(store), findings, networks, clock, calibrated);
  }

  /**
   * @param store nothing outside of it is read
   * @param findings the sets that may be asked for; each network is loaded once for all of them
   * @param calibrated whether probabilities are to be calibrated where that is possible
   */
  public CheckpointLoader(
      CheckpointStore store,
      FindingSets findings,
      NetworkLoader networks,
      InstantSource clock,
      boolean calibrated) {
    this.store =
        new StoreReader((announced, read) -> VerifiedCheckpoint.verify(store, announced, read));
    this.findings = findings;
    this.networks = networks;
    this.clock = clock;
    this.calibrated = calibrated;
  }

  /**
   * @throws RefusedCheckpointException where any file is not as announced, cannot be read, or does
   *     not fit the others
   */
  ScoringModel load(CheckpointPublished announced) throws RefusedCheckpointException {
    CheckpointDirectory checkpoint = store.verified(announced);
    try {
      return open(checkpoint, identity(announced), Optional.of(announced.getTokenizer()));
    } catch (RefusedCheckpointException e) {
      // Where a file has gone or changed since, that is the reason, and it may come back.
      store.verified(announced);
      throw e;
    }
  }

  /** Nobody waits for the store any more; from any thread. */
  void stop() {
    store.stop();
  }

  /**
   * The model of a directory as it is. Whether its files are the right ones is for the caller to
   * tell.
   *
   * @throws RefusedCheckpointException where a file cannot be read, or does not fit the others
   */
  public ScoringModel open(CheckpointDirectory checkpoint, ModelIdentity identity)
      throws RefusedCheckpointException {
    return open(checkpoint, identity, Optional.empty());
  }

  /**
   * The model of a checkpoint that need not have been announced, for who gives no receipts.
   *
   * @throws IOException where a file cannot be read, or studies cannot be scored with it
   */
  public ScoringModel open(Checkpoint checkpoint) throws IOException {
    return open(checkpoint, new TopicNames(""));
  }

  /**
   * The same for who does.
   *
   * @param topics of its run
   * @throws IOException where a file cannot be read, or studies cannot be scored with it
   */
  public ScoringModel open(Checkpoint checkpoint, TopicNames topics) throws IOException {
    CheckpointState state = checkpoint.state();
    CheckpointContent content =
        new CheckpointContent(
            state.runId(), checkpoint.checksums(), List.of(), ledger(state, topics));
    try {
      return open(
          checkpoint.files(),
          new ModelIdentity(checkpoint.id(), state.line(), state.step(), clock.instant(), content));
    } catch (RefusedCheckpointException e) {
      throw new IOException(
          "checkpoint %s cannot be scored with: %s".formatted(checkpoint.id(), e.getMessage()), e);
    }
  }

  /** The record of its step, where its run has left one. */
  private static Optional<LogPosition> ledger(CheckpointState state, TopicNames topics) {
    return Optional.ofNullable(state.place().get("ledger"))
        .filter(at -> at.path("partition").isInt() && at.path("offset").isIntegralNumber())
        .map(
            at ->
                new LogPosition(
                    topics.of(Topic.TRAINING_LEDGER),
                    at.get("partition").intValue(),
                    at.get("offset").longValue()));
  }

  private ScoringModel open(
      CheckpointDirectory checkpoint, ModelIdentity identity, Optional<String> tokenizer)
      throws RefusedCheckpointException {
    ModelConfig config = config(checkpoint, CheckpointDirectory::model);
    boolean originals = config(checkpoint, CheckpointDirectory::seesOriginals);
    Set<Capability> capabilities = TorchNetwork.capabilities(config);
    if (!capabilities.contains(Capability.PROMPTS) && !capabilities.contains(Capability.LABELS)) {
      throw new RefusedCheckpointException(
          "it was trained without the contrastive loss and without labels"
              + " (model.objectives.contrastive and labels are 0): it has neither a report encoder,"
              + " which scores from prompts need, nor a label head");
    }
    // First, since nobody would close the model if it failed.
    ModelCalibration calibration = Calibrations.readFor(checkpoint, identity, calibrated);
    ReportTokenizers tokenizers = tokenizers(checkpoint, tokenizer, config);
    ScoringModel model =
        warm(identity.seeing(originals), network(checkpoint, config, tokenizers), tokenizers);
    model.calibrate(calibration);
    return model;
  }

  @FunctionalInterface
  private interface Setting<T> {
    T of(CheckpointDirectory checkpoint) throws IOException;
  }

  private static <T> T config(CheckpointDirectory checkpoint, Setting<T> setting)
      throws RefusedCheckpointException {
    try {
      return setting.of(checkpoint);
    } catch (NewerSettingsException | DamagedCheckpointException e) {
      throw new RefusedCheckpointException(e.getMessage(), e);
    } catch (IOException e) {
      throw new RefusedCheckpointException("config.json cannot be read", e);
    }
  }

  private static ReportTokenizers tokenizers(
      CheckpointDirectory checkpoint, Optional<String> announced, ModelConfig config)
      throws RefusedCheckpointException {
    String files =
        CheckpointDirectory.TOKENIZER
            + checkpoint.encoderTokenizer().map(file -> " or " + file.getFileName()).orElse("");
    ReportTokenizers tokenizers;
    try {
      tokenizers = checkpoint.tokenizers();
    } catch (IOException | RuntimeException e) {
      // The native tokenizer meets a file it does not understand with a runtime exception.
      throw new RefusedCheckpointException(files + " cannot be used: " + e.getMessage(), e);
    }
    String mismatch = null;
    if (announced.isPresent() && !announced.get().equals(tokenizers.fingerprint())) {
      mismatch = files + " is not the tokenizer of the announcement";
    } else if (tokenizers.encoder().vocabulary().size() > config.text().vocabulary()) {
      mismatch = files + " has more tokens than the network's vocabulary";
    }
    if (mismatch != null) {
      tokenizers.close();
      throw new RefusedCheckpointException(mismatch);
    }
    return tokenizers;
  }

  private StudyNetwork network(
      CheckpointDirectory checkpoint, ModelConfig config, ReportTokenizers tokenizers)
      throws RefusedCheckpointException {
    try {
      return networks.load(config, checkpoint.file(CheckpointDirectory.MODEL));
    } catch (IOException | RuntimeException e) {
      tokenizers.close();
      throw new RefusedCheckpointException(CheckpointDirectory.MODEL + ": " + e.getMessage(), e);
    }
  }

  private ScoringModel warm(
      ModelIdentity identity, StudyNetwork network, ReportTokenizers tokenizers)
      throws RefusedCheckpointException {
    ReportTexts texts = new TokenizedTexts(tokenizers, network.maxTokens());
    try {
      return ScoringModel.warm(identity, network, texts, findings);
    } catch (RuntimeException | Error e) {
      network.close();
      texts.close();
      throw new RefusedCheckpointException("a trial study failed: " + e.getMessage(), e);
    }
  }

  private ModelIdentity identity(CheckpointPublished announced) {
    return new ModelIdentity(
        announced.getCheckpointId(),
        announced.getLine(),
        announced.getStep(),
        clock.instant(),
        new CheckpointContent(
            announced.getRunId(),
            announced.getFiles(),
            announced.getPositions().stream().map(CheckpointLoader::position).toList(),
            Optional.ofNullable(announced.getLedger()).map(CheckpointLoader::position)));
  }

  private static LogPosition position(RecordRef ref) {
    return new LogPosition(ref.getTopic(), ref.getPartition(), ref.getOffset());
  }
}

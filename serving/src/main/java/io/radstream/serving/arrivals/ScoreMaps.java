package io.radstream.serving.arrivals;

import io.radstream.checkpoints.CheckpointStore;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.explain.MapKind;
import io.radstream.model.explain.StudyMaps;
import io.radstream.objects.ClaimedObjects;
import io.radstream.radiology.study.StudyInput;
import io.radstream.radiology.study.StudyViews;
import io.radstream.radiology.study.UnusableViewException;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordRef;
import io.radstream.serving.pictures.LostPictureException;
import io.radstream.serving.pictures.PictureReader;
import io.radstream.serving.pictures.PicturesAwayException;
import io.radstream.serving.receipt.Evidence;
import io.radstream.serving.receipt.GivenReceipt;
import io.radstream.serving.receipt.InvalidReceiptException;
import io.radstream.serving.receipt.ReceiptCheckpoint;
import io.radstream.serving.receipt.ReceiptModels;
import io.radstream.serving.receipt.ReceiptModels.Found;
import io.radstream.serving.receipt.ReceiptReader;
import io.radstream.serving.score.ExplainedQuestion;
import io.radstream.serving.score.InvalidQuestionException;
import io.radstream.serving.score.PromptSet;
import io.radstream.serving.score.ScoringModel;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Where scores come from, by the checkpoints and the views that their records name, whatever is
 * live meanwhile. One study after the other; thread-safe.
 */
public final class ScoreMaps implements AutoCloseable {

  private final SourceViews sources;
  private final CheckpointStore store;
  private final PictureReader pictures;
  private final Optional<PromptSet> prompts;
  private final ReceiptModels models;
  private final ReceiptReader receipts = new ReceiptReader();
  private boolean closed;

  /**
   * @param store where the checkpoints lie that receipts name
   * @param originals where pictures at full resolution are read; empty where nobody has said
   * @param prompts of the default set of findings; empty for the built-in ones
   * @param device of an engine that has been started
   */
  public ScoreMaps(
      KafkaConnection connection,
      CheckpointStore store,
      Optional<ClaimedObjects> originals,
      Optional<PromptSet> prompts,
      ComputeDevice device,
      InstantSource clock) {
    this.sources = new SourceViews(connection, clock);
    this.store = store;
    this.pictures = new PictureReader(originals);
    this.prompts = prompts;
    this.models = new ReceiptModels(device, clock);
  }

  /**
   * @param checkpointId that the score names; its receipt has to name the same
   * @param source where the views stand
   * @param findings of the default set
   * @throws org.apache.kafka.common.errors.RetriableException where the views cannot be read now
   */
  public synchronized MappedScore of(
      String checkpointId, RecordRef source, String receipt, List<String> findings) {
    if (closed) {
      return new MappedScore.Unmapped("the process is ending");
    }
    GivenReceipt given;
    try {
      given = receipts.read(receipt);
    } catch (InvalidReceiptException e) {
      return new MappedScore.Unmapped("its receipt cannot be read: " + e.getMessage());
    }
    ReceiptCheckpoint checkpoint = given.receipt().payload().checkpoint();
    if (!checkpoint.id().equals(checkpointId)) {
      return new MappedScore.Unmapped("its receipt names another checkpoint");
    }
    Optional<Arrival> arrival = sources.read(source);
    if (arrival.isEmpty() || arrival.get().views().isEmpty()) {
      return new MappedScore.Unmapped("its views are gone from the topic");
    }
    try {
      Found found = models.find(given, evidence(given, arrival.get()));
      return found instanceof Found.Again again
          ? mapped(again.model(), again.study(), findings)
          : new MappedScore.Unmapped(((Found.Missing) found).why());
    } catch (LostPictureException e) {
      return new MappedScore.Unmapped(e.getMessage());
    } catch (PicturesAwayException e) {
      if (pictures.originals().isEmpty()) {
        return new MappedScore.Unmapped(e.getMessage());
      }
      throw new TimeoutException(e.getMessage(), e);
    } catch (IOException e) {
      return new MappedScore.Unmapped("the store of checkpoints cannot be read");
    }
  }

  private Evidence evidence(GivenReceipt given, Arrival arrival)
      throws IOException, LostPictureException {
    ReceiptCheckpoint checkpoint = given.receipt().payload().checkpoint();
    Map<String, byte[]> images =
        pictures.named(arrival.views(), given.receipt().payload().input().views());
    return new Evidence(
        Optional.empty(), store.files(checkpoint.line(), checkpoint.step()), images, prompts);
  }

  private static MappedScore mapped(ScoringModel model, StudyViews study, List<String> findings) {
    Optional<MapKind> kind = model.maps().stream().sorted().findFirst();
    if (kind.isEmpty()) {
      return new MappedScore.Unmapped("the network has no map");
    }
    List<MappedScore.MappedView> views = new ArrayList<>();
    try {
      StudyInput input = model.prepare(study);
      for (String finding : findings) {
        StudyMaps maps =
            model.explain(input, new ExplainedQuestion.Finding(finding, kind.orElseThrow()));
        views.addAll(views(finding, study, input.selection(), maps));
      }
    } catch (UnusableViewException e) {
      return new MappedScore.Unmapped("a view is no usable radiograph");
    } catch (InvalidQuestionException e) {
      return new MappedScore.Unmapped("the network does not score a finding in its default set");
    }
    return new MappedScore.Mapped(model.imageSize(), views);
  }

  /** Where there are fewer than three views, the network sees one of them more than once. */
  private static List<MappedScore.MappedView> views(
      String finding, StudyViews study, List<Integer> selection, StudyMaps maps) {
    List<MappedScore.MappedView> views = new ArrayList<>();
    for (int slot = 0; slot < selection.size(); slot++) {
      int view = selection.get(slot);
      if (selection.indexOf(view) == slot) {
        views.add(
            new MappedScore.MappedView(
                finding, view, study.received().get(view), maps.views().get(slot)));
      }
    }
    return views;
  }

  /** Waits for the study in hand. */
  @Override
  public synchronized void close() {
    closed = true;
    models.close();
    sources.close();
  }
}

package io.radstream.cli.reports;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.model.Refers;
import io.radstream.model.config.Generation;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.generation.GeneratedReport;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.study.StudyInput;
import io.radstream.radiology.study.StudyPreparation;
import io.radstream.radiology.study.StudyViews;
import io.radstream.radiology.study.UnusableViewException;
import io.radstream.schemas.StudyTuple;
import io.radstream.serving.pictures.LostPictureException;
import io.radstream.serving.pictures.PictureReader;
import io.radstream.serving.pictures.ViewPictures;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A checkpoint that writes reports, several at a time. For one thread. */
public final class CheckpointPen implements AutoCloseable {

  private final ReportTokenizer tokenizer;
  private final Refers network;
  private final StudyPreparation preparation;
  private final Generation options;
  private final PictureReader pictures;
  private final boolean full;

  private CheckpointPen(
      ReportTokenizer tokenizer,
      Refers network,
      Generation options,
      PictureReader pictures,
      boolean full) {
    this.tokenizer = tokenizer;
    this.network = network;
    this.preparation = new StudyPreparation(network.config().radiograph().imageSize());
    this.options = options;
    this.pictures = pictures;
    this.full = full;
  }

  /**
   * @param pictures reads what the checkpoint is to see
   * @throws IllegalArgumentException where the writing's numbers are out of their range
   */
  public static CheckpointPen open(
      Checkpoint checkpoint, ComputeDevice device, BeamWriting writing, PictureReader pictures)
      throws IOException {
    ModelConfig config = checkpoint.model();
    boolean full = checkpoint.files().seesOriginals();
    ReportTokenizer tokenizer = ReportTokenizer.load(checkpoint.file(Checkpoint.TOKENIZER));
    try {
      // First, since nobody would close the network if it failed.
      Generation options = writing.by(tokenizer, config.report().vocabulary());
      return new CheckpointPen(
          tokenizer,
          Refers.load(config, checkpoint.file(Checkpoint.MODEL), device),
          options,
          pictures,
          full);
    } catch (IOException | RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  /** Whether the study has views, and a report in the checkpoint's own token ids. */
  boolean reads(StudyTuple tuple) {
    // Behind a plus sign is the tokenizer of the report encoder, which does not write.
    String decoders = tuple.getTokenizer().split("\\+", 2)[0];
    return !tuple.getViews().isEmpty()
        && tuple.getViews().size() <= StudyViews.MOST_VIEWS
        && !tuple.getTokens().isEmpty()
        && decoders.equals(tokenizer.fingerprint());
  }

  /** The report that the study has; only of one that it {@link #reads}. */
  String known(StudyTuple tuple) {
    return tokenizer.decode(tuple.getTokens().stream().mapToInt(Integer::intValue).toArray());
  }

  /**
   * The study's views as the network sees them; empty where one of them is no radiograph.
   *
   * @throws IllegalStateException where one is not to be had as the checkpoint is to see it
   * @throws io.radstream.serving.pictures.PicturesAwayException where it cannot be read now
   */
  Optional<StudyInput> prepare(StudyTuple tuple) {
    List<ViewPictures> views = tuple.getViews().stream().map(ViewPictures::of).toList();
    try {
      StudyViews shown = new StudyViews(Optional.empty(), pictures.of(views, full));
      return Optional.of(preparation.prepare(shown));
    } catch (LostPictureException e) {
      throw new IllegalStateException(
          "study %s: %s".formatted(tuple.getStudyId(), e.getMessage()), e);
    } catch (UnusableViewException e) {
      return Optional.empty();
    }
  }

  /**
   * A report for each study, in their order.
   *
   * @throws IllegalStateException where the network was trained without the language loss
   */
  List<String> write(List<StudyInput> studies) {
    int size = studies.get(0).images().length;
    float[] images = new float[size * studies.size()];
    for (int i = 0; i < studies.size(); i++) {
      System.arraycopy(studies.get(i).images(), 0, images, i * size, size);
    }
    return network.generate(images, studies.size(), options).stream()
        .map(GeneratedReport::tokens)
        .map(tokenizer::decode)
        .toList();
  }

  @Override
  public void close() {
    network.close();
    tokenizer.close();
  }
}

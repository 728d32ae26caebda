package io.radstream.model;

import ai.djl.ndarray.NDManager;
import io.radstream.model.config.Generation;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.Rows;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.explain.ExplainedScore;
import io.radstream.model.explain.Explainer;
import io.radstream.model.explain.MapKind;
import io.radstream.model.explain.StudyMaps;
import io.radstream.model.generation.GeneratedReport;
import io.radstream.model.generation.ReportDesk;
import io.radstream.model.generation.ReportInHand;
import io.radstream.model.generation.ReportSearch;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.layers.ScriptedArithmetic;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.ReportTransformer;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.network.TextEncoder;
import io.radstream.model.network.TokenBatch;
import io.radstream.model.network.UnitVectors;
import io.radstream.model.network.ViewFusion;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.model.weights.SavedWeights;
import io.radstream.model.weights.SeededWeights;
import io.radstream.model.weights.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A REFERS network for inference. Thread-safe. */
public final class Refers implements AutoCloseable {

  private final NDManager manager;
  private final RefersNetwork network;
  private final Explainer explainer;

  private Refers(NDManager manager, RefersNetwork network) {
    this.manager = manager;
    this.network = network;
    this.explainer = new Explainer(network);
  }

  /**
   * @param weights a safetensors file with every weight that the configuration names
   * @param device that it computes on
   * @throws IOException where the file is damaged, or a tensor is missing or has another shape; the
   *     message names the first
   */
  public static Refers load(ModelConfig config, Path weights, ComputeDevice device)
      throws IOException {
    return load(config, weights, device, Precision.FLOAT32);
  }

  /**
   * The same, with matrices multiplied in other numbers; what goes in and comes out is float32.
   *
   * @param precision not that of the weights in the file, which is float32
   */
  public static Refers load(
      ModelConfig config, Path weights, ComputeDevice device, Precision precision)
      throws IOException {
    return of(
        config,
        device,
        manager -> SavedWeights.open(manager, weights),
        manager -> ScriptedArithmetic.of(manager, precision));
  }

  /**
   * A network that has learned nothing: its weights are a pure function of the configuration and
   * the seed. To measure with.
   */
  public static Refers unlearned(
      ModelConfig config, long seed, ComputeDevice device, Precision precision) throws IOException {
    return of(
        config,
        device,
        manager -> new SeededWeights(manager, seed),
        manager -> ScriptedArithmetic.of(manager, precision));
  }

  /** Opens weights for a network. */
  interface Source {

    /**
     * @param manager lives as long as the network
     */
    Weights.Source in(NDManager manager) throws IOException;
  }

  /**
   * @param arithmetic given what lives as long as the network
   */
  static Refers of(
      ModelConfig config,
      ComputeDevice device,
      Source weights,
      Function<NDManager, Arithmetic> arithmetic)
      throws IOException {
    NDManager manager = device.newManager();
    try {
      return new Refers(
          manager,
          RefersNetwork.of(
              manager,
              config,
              ObjectiveList.parts(config),
              weights.in(manager),
              arithmetic.apply(manager)));
    } catch (UncheckedIOException e) {
      manager.close();
      throw e.getCause();
    } catch (IOException | RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  public ModelConfig config() {
    return network.config();
  }

  /**
   * Study vectors of unit length.
   *
   * @param images studies × 3 views × side × side, as in {@link StudyBatch}
   * @param studies number of studies
   * @return studies × 3 width; × width without view fusion
   */
  public float[][] embedStudies(float[] images, int studies) {
    return see(images, studies).vectors();
  }

  /**
   * Probability of each finding of {@link ModelConfig#findings}.
   *
   * @param images studies × 3 views × side × side, as in {@link StudyBatch}
   * @param studies number of studies
   * @return studies × findings
   * @throws IllegalStateException where the network was trained without labels
   */
  public float[][] findings(float[] images, int studies) {
    return see(images, studies)
        .findings()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "this network was trained without labels: it has no label head"));
  }

  /**
   * What one pass over the radiographs gives.
   *
   * @param vectors as of {@link #embedStudies}
   * @param findings as of {@link #findings}; empty where the network was trained without labels
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  public record Seen(float[][] vectors, Optional<float[][]> findings) {}

  /**
   * Vectors and findings together, in the time of either.
   *
   * @param images studies × 3 views × side × side, as in {@link StudyBatch}
   * @param studies number of studies
   */
  public Seen see(float[] images, int studies) {
    try (NDManager scratch = TorchEngine.scratch(manager)) {
      ViewFusion.Study study = network.study(scratch, images, studies);
      return new Seen(
          Rows.of(UnitVectors.ofStudies(study.vectors())), network.findings(study).map(Rows::of));
    }
  }

  /**
   * Report vectors of unit length; the dot product with a study vector is their cosine.
   *
   * @throws IllegalStateException where the network was trained without the contrastive loss
   */
  public float[][] embedReports(int[][] tokens) {
    try (NDManager scratch = TorchEngine.scratch(manager)) {
      TokenBatch batch = TokenBatch.of(scratch, tokens, config().text().maxTokens());
      return Rows.of(UnitVectors.of(text().apply(batch, false)));
    }
  }

  private TextEncoder text() {
    return network
        .text()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "this network was trained without the contrastive loss: it has no report encoder"));
  }

  /**
   * Where in a study a score comes from, in a pass of its own.
   *
   * @param images 3 views × side × side, as in {@link StudyBatch}
   * @throws IllegalArgumentException where a network of this kind has no such map or no such score
   */
  public StudyMaps explain(float[] images, ExplainedScore score, MapKind kind) {
    return explainer.explain(manager, images, score, kind);
  }

  /**
   * Writes a report for each study. Where a study has several representations (no view fusion), a
   * token's log-probability is the mean of what they give.
   *
   * @param images studies × 3 views × side × side, as in {@link StudyBatch}
   * @param studies number of studies, at least 1
   * @return a report for each study; none longer than the longest of {@link ModelConfig.Decoder}
   * @throws IllegalStateException where the network was trained without the language loss, or gives
   *     what is no number
   * @throws IllegalArgumentException where the options name a token beyond the vocabulary or a
   *     length beyond the network's
   */
  public List<GeneratedReport> generate(float[] images, int studies, Generation options) {
    ReportTransformer decoder = report();
    options.requireFit(decoder.config());
    try (NDManager scratch = TorchEngine.scratch(manager)) {
      ReportSearch search = new ReportSearch(scratch, decoder);
      List<ReportInHand> reports = begin(search, scratch, images, studies, options);
      while (search.open() > 0) {
        search.step();
      }
      return reports.stream().map(ReportInHand::report).toList();
    }
  }

  private List<ReportInHand> begin(
      ReportSearch search, NDManager scratch, float[] images, int studies, Generation options) {
    // What the radiograph transformer leaves behind is not needed while reports are written.
    try (NDManager seeing = scratch.newSubManager()) {
      ViewFusion.Study study = network.study(seeing, images, studies);
      return search.join(study.memory(), study.representations(), options, Optional.empty());
    }
  }

  /**
   * Where reports are written of studies that come one after the other. Of one thread; closed
   * before the network.
   *
   * @throws IllegalStateException where the network was trained without the language loss
   */
  public ReportDesk desk() {
    return new ReportDesk(manager, network, report());
  }

  private ReportTransformer report() {
    return network
        .report()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "this network was trained without the language loss: it has no report"
                        + " transformer"));
  }

  @Override
  public void close() {
    manager.close();
  }
}

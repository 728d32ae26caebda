package io.radstream.model.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.config.MaskedModelling;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.engine.Scaling;
import io.radstream.model.network.HiddenTokenReader;
import io.radstream.model.network.HiddenTokens;
import io.radstream.model.network.RadiographTransformer;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.network.ViewFusion;
import java.util.Arrays;
import java.util.Set;

/**
 * Restores the hidden tokens of each report from the shown ones and the shown patches of its study
 * (MRM, Zhou et al., 2023, section 3): −log p(token | shown tokens, study), mean over the hidden
 * tokens of a batch, by a {@link HiddenTokenReader}. The study's feature is the mean over the shown
 * patches of its three views; MRM has one view with each report. A study without a report counts
 * nothing.
 *
 * @param maxTokens longer reports are cut
 */
record MaskedReportsObjective(MaskedModelling settings, int maxTokens) implements Objective {

  static final String NAME = "masked_reports";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double weight() {
    return settings.reports();
  }

  @Override
  public Set<NetworkPart> parts() {
    return Set.of(NetworkPart.PRETEXT);
  }

  @Override
  public Set<BatchInput> needs() {
    return Set.of(BatchInput.REPORTS_IF_ANY);
  }

  /** Hidden tokens. */
  @Override
  public double count(StudyBatch batch) {
    return Arrays.stream(batch.tokens())
        .mapToInt(report -> settings.hidden(Math.min(report.length, maxTokens)))
        .sum();
  }

  @Override
  public long flops(RefersNetwork network) {
    RadiographTransformer encoder = MaskedViews.encoder(network);
    long own =
        HiddenTokenReader.flops(
            network.config().report(),
            settings.reportLayers(),
            maxTokens,
            settings.hidden(maxTokens),
            encoder.width());
    // Where pictures are restored, too, they go through the encoder once for both.
    return settings.pictures() > 0
        ? own
        : own + ViewFusion.VIEWS * encoder.flops(settings.shown(encoder.places()));
  }

  @Override
  public Term on(RefersNetwork network) {
    HiddenTokenReader reader = HiddenTokenReader.of(network, NAME, settings.reportLayers());
    return (Term.PerStudy)
        (forward, divisor) ->
            share(reader, MaskedViews.of(network, settings, forward).studies(), forward, divisor);
  }

  /**
   * @param studies studies × width of the encoder
   */
  NDArray share(HiddenTokenReader reader, NDArray studies, Forward forward, double divisor) {
    int[][] reports = forward.batch().cutTokens(maxTokens);
    HiddenTokens hidden = MaskedViews.tokens(reports, forward.batch().draws(), settings);
    if (hidden.count() == 0) {
      // Nothing to tell, and still a loss that one can go back from.
      return Scaling.by(0, studies.sum());
    }
    NDManager scratch = forward.scratch();
    int[][] some = Arrays.stream(hidden.reports()).mapToObj(i -> reports[i]).toArray(int[][]::new);
    NDArray theirs = studies.get(scratch.create(hidden.rows()));
    NDArray logits = reader.apply(some, hidden.places(), theirs, forward.training());
    NDArray wanted = scratch.create(tokens(some, hidden.places())).reshape(-1, 1);
    return Scaling.by(-1 / divisor, logits.logSoftmax(1).gather(wanted, 1).sum());
  }

  private static long[] tokens(int[][] reports, int[][] places) {
    long[] tokens = new long[Arrays.stream(places).mapToInt(hidden -> hidden.length).sum()];
    int next = 0;
    for (int report = 0; report < reports.length; report++) {
      for (int place : places[report]) {
        tokens[next++] = reports[report][place];
      }
    }
    return tokens;
  }
}

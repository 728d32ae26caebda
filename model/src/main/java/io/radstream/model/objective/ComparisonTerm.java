package io.radstream.model.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.radstream.model.config.ImageComparison;
import io.radstream.model.engine.Scaling;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.MomentumEncoder;
import io.radstream.model.network.ProjectedEncoder;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.UnitVectors;
import io.radstream.model.network.ViewFusion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The loss of C2L. With f the encoder that learns and g the one that follows, x a picture and x′
 * the same drawn anew, both mixed with another one of the part of the batch at hand, x̃ = λx +
 * (1−λ)x°, x̃′ = λx′ + (1−λ)x′°, it is the mean of three:
 *
 * <ul>
 *   <li>ℓ(f(x), g(x′)): homogeneous pairs;
 *   <li>ℓ(f(x̃), g(x̃′)): heterogeneous pairs of mixed pictures;
 *   <li>ℓ(f(x̃), λg(x′) + (1−λ)g(x′°)): heterogeneous pairs with mixed features.
 * </ul>
 *
 * <p>ℓ(q, k) = −log softmax of cos(q, k)/τ against cos(q, n)/τ for the keys n in the queue (van den
 * Oord et al., 2018). Behind each step g follows f, and the right-hand sides of the step go into
 * the queue. The mean is over the three views of each study. Of one thread.
 */
final class ComparisonTerm implements Term.PerStudy, Recollection {

  private static final String PREFIX = ComparisonObjective.NAME + ".";
  private static final String FOLLOWING = PREFIX + "following.";
  private static final String QUEUE = PREFIX + "queue.";

  private final RefersNetwork network;
  private final ImageComparison settings;
  private final ProjectedEncoder learning;
  private final MomentumEncoder following;
  private final KeyQueue queue;
  private final List<NDArray> keys = new ArrayList<>();

  ComparisonTerm(
      RefersNetwork network,
      ImageComparison settings,
      ProjectedEncoder learning,
      MomentumEncoder following) {
    this.network = network;
    this.settings = settings;
    this.learning = learning;
    this.following = following;
    this.queue = new KeyQueue(following.likeWeights(), settings.queue(), settings.width());
  }

  @Override
  public NDArray share(Forward forward, double divisor) {
    ViewPairs views = ViewPairs.of(network, forward);
    Mixing mixing =
        forward.training()
            ? Mixing.drawn(forward.scratch(), views.count())
            : Mixing.fixed(views.count());
    NDArray losses = losses(views, mixing, forward.training());
    return Scaling.by(
        1 / (divisor * ViewFusion.VIEWS * ComparisonObjective.PAIRS),
        losses.get(views.places()).sum());
  }

  /** One for each picture: the sum over the three kinds of pairs. */
  private NDArray losses(ViewPairs views, Mixing mixing, boolean training) {
    NDArray plain = following.apply(views.anew(), training);
    NDArray mixed = following.apply(mixing.of(views.anew()), training);
    List<NDArray> found =
        TorchEngine.recording(
            false, () -> List.of(unit(plain), unit(mixed), unit(mixing.of(plain))));
    if (training) {
      keys.addAll(found.stream().map(this::kept).toList());
    }
    NDArray query = unit(learning.apply(views.shown(), training));
    NDArray mixedQuery = unit(learning.apply(mixing.of(views.shown()), training));
    return loss(query, found.get(0))
        .add(loss(mixedQuery, found.get(1)))
        .add(loss(mixedQuery, found.get(2)));
  }

  private static NDArray unit(NDArray vectors) {
    return UnitVectors.of(vectors);
  }

  /** Until the step is over, in memory of the network's. */
  private NDArray kept(NDArray rows) {
    NDArray copy = rows.duplicate();
    copy.attach(queue.keys().getManager());
    return copy;
  }

  /**
   * Of each row −log of its own key's share.
   *
   * @param queries pictures × width, of unit length
   * @param own as the queries: each one's key
   */
  private NDArray loss(NDArray queries, NDArray own) {
    return loss(queries, own, queue.keys(), settings.temperature());
  }

  static NDArray loss(NDArray queries, NDArray own, NDArray others, double temperature) {
    NDArray right = queries.mul(own).sum(new int[] {1}, true);
    NDArray wrong = queries.matMul(others.transpose());
    NDArray logits = Scaling.by(1 / temperature, right.concat(wrong, 1));
    return logits.logSoftmax(1).get(":, 0").neg();
  }

  @Override
  public Optional<Recollection> recollection() {
    return Optional.of(this);
  }

  @Override
  public Map<String, NDArray> state() {
    Map<String, NDArray> state = following.state(FOLLOWING);
    state.putAll(queue.state(QUEUE));
    return state;
  }

  @Override
  public void recall(Saved saved) {
    following.recall(FOLLOWING, saved::value);
    queue.recall(QUEUE, saved);
  }

  @Override
  public void stepped(NDManager scratch, UnaryOperator<NDArray> gather) {
    following.follow(settings.momentum());
    NDArray rows = NDArrays.concat(new NDList(keys));
    rows.attach(scratch);
    queue.push(gather.apply(rows));
  }

  @Override
  public void forget() {
    keys.forEach(NDArray::close);
    keys.clear();
  }
}

package io.radstream.model.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.engine.Scaling;
import io.radstream.model.network.CompanionKind;
import io.radstream.model.network.DistinctViews;
import io.radstream.model.network.ImageEncoder;
import io.radstream.model.network.PixelDecoder;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.network.WordClassifier;
import java.util.Arrays;
import java.util.Set;

/**
 * TransVW (Haghighi et al., 2021, "Transferable Visual Words", IEEE Transactions on Medical Imaging
 * 40(10)): parts of radiographs at one place of many patients who look alike are a word. From a
 * distorted word w̃ of the class c the word w is restored, and c told:
 *
 * <p>L = mean over the words of a batch of 0.16 · (−log softmax(h(e(w̃)))_c) + (w − d(e(w̃)))², the
 * square being a mean over pixels of −2 to 2. e is the image encoder, d a {@link PixelDecoder}, h a
 * {@link WordClassifier}. The authors' code has 0.01 and 1 for pixels of 0 to 1, whose squares are
 * a sixteenth of these.
 *
 * <p>Which pictures have words is found when a batch is put together.
 */
public record WordsObjective(double weight) implements Objective {

  public static final String NAME = "transvw";

  private static final double CLASSIFICATION = 0.16;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<NetworkPart> parts() {
    return Set.of(NetworkPart.PRETEXT);
  }

  @Override
  public Set<BatchInput> needs() {
    return Set.of();
  }

  @Override
  public Set<CompanionKind> companions() {
    return Set.of(CompanionKind.WORD, CompanionKind.DISTORTED_WORD);
  }

  /** Words. */
  @Override
  public double count(StudyBatch batch) {
    return batch.wordCount();
  }

  /** Of a study all of whose pictures have words. */
  @Override
  public long flops(RefersNetwork network) {
    return PixelDecoder.flops(network);
  }

  @Override
  public Term on(RefersNetwork network) {
    PixelDecoder decoder = PixelDecoder.of(network, NAME);
    WordClassifier head = WordClassifier.of(network, NAME, CompanionKind.WORDS);
    return (Term.PerStudy)
        (forward, divisor) -> {
          NDManager scratch = forward.scratch();
          StudyBatch batch = forward.batch();
          DistinctViews given = views(network, scratch, batch, CompanionKind.DISTORTED_WORD);
          ImageEncoder.Output seen = network.radiograph().apply(given.images(), forward.training());
          DistinctViews wanted = views(network, scratch, batch, CompanionKind.WORD);
          return share(
              decoder.apply(seen).get(given.places()),
              wanted.images().get(wanted.places()),
              head.apply(seen).get(given.places()),
              batch.words(),
              divisor);
        };
  }

  private static DistinctViews views(
      RefersNetwork network, NDManager scratch, StudyBatch batch, CompanionKind kind) {
    return network.views(scratch, batch.companions(kind), batch.size());
  }

  /**
   * @param restored (studies × 3) × side × side
   * @param wanted the words themselves
   * @param logits (studies × 3) × words
   * @param words studies × 3, negative where a picture has none
   * @param divisor of the sum over words
   */
  static NDArray share(
      NDArray restored, NDArray wanted, NDArray logits, int[][] words, double divisor) {
    NDManager scratch = logits.getManager();
    int[] all = Arrays.stream(words).flatMapToInt(Arrays::stream).toArray();
    long[] classes = Arrays.stream(all).mapToLong(word -> Math.max(0, word)).toArray();
    float[] known = new float[all.length];
    for (int i = 0; i < all.length; i++) {
      known[i] = all[i] < 0 ? 0 : 1;
    }
    NDArray likelihood =
        logits.logSoftmax(1).gather(scratch.create(classes).reshape(-1, 1), 1).squeeze(1);
    NDArray squares = restored.sub(wanted).square().reshape(all.length, -1).mean(new int[] {1});
    NDArray losses = squares.sub(Scaling.by(CLASSIFICATION, likelihood));
    NDArray sum = losses.mul(scratch.create(known).toType(losses.getDataType(), false)).sum();
    return Scaling.by(1 / Math.max(1, divisor), sum);
  }
}

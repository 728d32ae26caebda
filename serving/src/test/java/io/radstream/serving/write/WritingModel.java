package io.radstream.serving.write;

import io.radstream.model.Refers;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.generation.ReportDesk;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.ScoringModel;
import io.radstream.serving.score.StudyNetwork;
import io.radstream.serving.score.TokenizedTexts;
import io.radstream.serving.score.TorchNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A small real network that has learned nothing, and so writes words that mean nothing, together
 * with a real tokenizer.
 *
 * @param closed once the network is closed
 */
public record WritingModel(ScoringModel model, GatedTexts texts, CountDownLatch closed) {

  private static final int VOCABULARY = 50;

  /**
   * @param directory for the tokenizer's vocabulary
   * @param seed of the weights
   */
  public static WritingModel open(Path directory, String id, long seed) throws IOException {
    return of(id, network(seed), GatedTexts.open(tokenizer(directory)));
  }

  /** One that gives no text before it is let. */
  public static WritingModel gated(Path directory, String id, long seed) throws IOException {
    return of(id, network(seed), GatedTexts.closed(tokenizer(directory)));
  }

  private static WritingModel of(String id, TorchNetwork network, GatedTexts texts) {
    CountDownLatch closed = new CountDownLatch(1);
    ScoringModel model =
        ScoringModel.warm(
            new ModelIdentity(id, "line", 7, Instant.EPOCH),
            new Watched(network, closed),
            texts,
            FakeNetwork.PROMPTS);
    return new WritingModel(model, texts, closed);
  }

  private static TorchNetwork network(long seed) throws IOException {
    return new TorchNetwork(
        Refers.unlearned(
            ModelPreset.TINY.config(VOCABULARY), seed, ComputeDevice.cpu(), Precision.FLOAT32));
  }

  private static TokenizedTexts tokenizer(Path directory) throws IOException {
    List<String> special = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
    Path file = directory.resolve("vocab.txt");
    Files.write(
        file,
        Stream.concat(
                special.stream(),
                IntStream.range(special.size(), VOCABULARY)
                    .mapToObj(i -> (i % 4 == 0 ? "##" : "") + Character.toString('a' + i % 26) + i))
            .toList());
    return new TokenizedTexts(
        ReportTokenizers.shared(ReportTokenizer.ofVocabulary(file)), VOCABULARY);
  }

  private record Watched(TorchNetwork network, CountDownLatch closed) implements StudyNetwork {

    @Override
    public int imageSize() {
      return network.imageSize();
    }

    @Override
    public Set<Capability> capabilities() {
      return network.capabilities();
    }

    @Override
    public List<String> taught() {
      return network.taught();
    }

    @Override
    public int maxTokens() {
      return network.maxTokens();
    }

    @Override
    public double temperature() {
      return network.temperature();
    }

    @Override
    public Seen see(float[] images, int studies) {
      return network.see(images, studies);
    }

    @Override
    public float[][] embedReports(int[][] tokens) {
      return network.embedReports(tokens);
    }

    @Override
    public ReportDesk desk() {
      return network.desk();
    }

    @Override
    public int reportVocabulary() {
      return network.reportVocabulary();
    }

    @Override
    public void close() {
      network.close();
      closed.countDown();
    }
  }
}

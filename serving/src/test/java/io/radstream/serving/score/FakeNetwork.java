package io.radstream.serving.score;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network that knows one thing, brightness: a white study points along the first axis, as do
 * texts of which the first token is 1; a black one along the second, as do all other texts.
 */
public final class FakeNetwork implements StudyNetwork {

  public static final PromptSet PROMPTS =
      new PromptSet(List.of(new FindingPrompts("bright", List.of("bright"), List.of("dark"))));

  private static final int SIDE = 32;

  private final AtomicInteger closed = new AtomicInteger();
  private final List<Integer> batches = new CopyOnWriteArrayList<>();
  private final List<int[]> read = new CopyOnWriteArrayList<>();
  private final CountDownLatch entered = new CountDownLatch(2);
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile RuntimeException failure;
  private volatile boolean numberless;

  private final Set<Capability> capabilities;
  private final List<String> taught;

  /** One that reads prompts. */
  public FakeNetwork() {
    this(Set.of(Capability.PROMPTS, Capability.VECTORS), List.of());
  }

  public FakeNetwork(Set<Capability> capabilities, List<String> taught) {
    this.capabilities = capabilities;
    this.taught = taught;
  }

  public static ScoringModel model(String checkpointId, FakeNetwork network) {
    ModelIdentity identity = new ModelIdentity(checkpointId, "line", 7, java.time.Instant.EPOCH);
    return ScoringModel.warm(identity, network, new FakeTexts(), PROMPTS);
  }

  @Override
  public int imageSize() {
    return SIDE;
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  @Override
  public List<String> taught() {
    return taught;
  }

  @Override
  public int maxTokens() {
    return 16;
  }

  @Override
  public double temperature() {
    return 0.1;
  }

  @Override
  public Seen see(float[] images, int studies) {
    entered.countDown();
    try {
      if (!gate.await(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("shut for a minute: the test is over, or waits for this");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (closed.get() > 0) {
      throw new IllegalStateException("used after it was closed");
    }
    if (failure != null) {
      throw failure;
    }
    batches.add(studies);
    int length = images.length / studies;
    float[][] vectors = new float[studies][];
    for (int i = 0; i < studies; i++) {
      vectors[i] = vector(images, i * length, length);
    }
    if (numberless) {
      for (float[] vector : vectors) {
        vector[0] = Float.NaN;
      }
    }
    return new Seen(vectors, taught.isEmpty() ? Optional.empty() : Optional.of(findings(vectors)));
  }

  /** Every finding that was taught is the less likely, the brighter a study is. */
  private float[][] findings(float[][] vectors) {
    float[][] findings = new float[vectors.length][taught.size()];
    for (int i = 0; i < vectors.length; i++) {
      Arrays.fill(findings[i], vectors[i][1] * vectors[i][1]);
    }
    return findings;
  }

  private static float[] vector(float[] images, int from, int length) {
    double sum = 0;
    for (int i = from; i < from + length; i++) {
      sum += images[i];
    }
    double angle = (sum / length + 2) / 4 * Math.PI / 2;
    return new float[] {(float) Math.sin(angle), (float) Math.cos(angle)};
  }

  @Override
  public float[][] embedReports(int[][] tokens) {
    read.addAll(List.of(tokens));
    float[][] vectors = new float[tokens.length][];
    for (int i = 0; i < tokens.length; i++) {
      vectors[i] = tokens[i][0] == 1 ? new float[] {1, 0} : new float[] {0, 1};
    }
    return vectors;
  }

  /** From now on studies wait inside until the returned latch is counted down. */
  public CountDownLatch shut() {
    gate = new CountDownLatch(1);
    return gate;
  }

  /** Waits until a study, after the trial one, is inside. */
  public void awaitEntered() throws InterruptedException {
    entered.await();
  }

  /** From now on the first study of a pass gets what is no number. */
  public void giveNoNumbers() {
    numberless = true;
  }

  public void failWith(RuntimeException e) {
    failure = e;
  }

  /** Sizes of the batches so far, the trial study's first. */
  public List<Integer> batches() {
    return batches;
  }

  /** Token ids of the texts so far. */
  public List<int[]> read() {
    return read;
  }

  public int closed() {
    return closed.get();
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }
}

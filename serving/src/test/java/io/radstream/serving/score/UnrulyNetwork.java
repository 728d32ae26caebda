package io.radstream.serving.score;

import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.study.StudyInput;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * A network that knows a study by its first pixel and remembers what it did with each; as its seed
 * has it, it fails, gives too little, or dawdles.
 */
final class UnrulyNetwork implements StudyNetwork {

  private static final double ANGLE = 1e-3;
  private static final float[] NORTH = {0, 1};

  private final int side;
  private final CounterRandom random;
  private final IntConsumer leaving;
  private final AtomicInteger closed = new AtomicInteger();
  private final Map<Float, Integer> seen = new ConcurrentHashMap<>();
  private final Map<Float, Throwable> failed = new ConcurrentHashMap<>();
  private boolean trial = true;

  /**
   * @param leaving told of how many studies leave, whatever became of them
   */
  UnrulyNetwork(int side, CounterRandom random, IntConsumer leaving) {
    this.side = side;
    this.random = random;
    this.leaving = leaving;
  }

  static float[] vector(StudyInput study) {
    return vector(study.images()[0]);
  }

  private static float[] vector(float pixel) {
    return new float[] {(float) Math.sin(pixel * ANGLE), (float) Math.cos(pixel * ANGLE)};
  }

  /** How often the study came in. */
  int seen(StudyInput study) {
    return seen.getOrDefault(study.images()[0], 0);
  }

  /** What was thrown at the study; null where nothing was. */
  Throwable failed(StudyInput study) {
    return failed.get(study.images()[0]);
  }

  int closed() {
    return closed.get();
  }

  @Override
  public int imageSize() {
    return side;
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
  public float[][] embedReports(int[][] tokens) {
    return Collections.nCopies(tokens.length, NORTH).toArray(float[][]::new);
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(Capability.PROMPTS, Capability.VECTORS);
  }

  @Override
  public List<String> taught() {
    return List.of();
  }

  @Override
  public Seen see(float[] images, int studies) {
    return new Seen(vectors(images, studies), Optional.empty());
  }

  private float[][] vectors(float[] images, int studies) {
    if (closed.get() > 0) {
      throw new IllegalStateException("used after it was closed");
    }
    float[][] vectors = new float[studies][];
    int length = images.length / studies;
    for (int i = 0; i < studies; i++) {
      vectors[i] = vector(images[i * length]);
    }
    if (trial) {
      trial = false;
      return vectors;
    }
    for (int i = 0; i < studies; i++) {
      seen.merge(images[i * length], 1, Integer::sum);
    }
    leaving.accept(studies);
    return unruly(images, vectors);
  }

  private float[][] unruly(float[] images, float[][] vectors) {
    switch (random.nextInt(8)) {
      case 0 -> {
        IllegalStateException failure = new IllegalStateException("out of temper");
        remember(images, vectors, failure);
        throw failure;
      }
      case 1 -> {
        LinkageError failure = new LinkageError("no such operator");
        remember(images, vectors, failure);
        throw failure;
      }
      case 2 -> {
        remember(images, vectors, new IllegalStateException("the network gave"));
        return new float[vectors.length - 1][];
      }
      default -> {
        for (int look = random.nextInt(10_000); look > 0; look--) {
          Thread.onSpinWait();
        }
        return vectors;
      }
    }
  }

  private void remember(float[] images, float[][] vectors, Throwable failure) {
    int length = images.length / vectors.length;
    for (int i = 0; i < vectors.length; i++) {
      failed.put(images[i * length], failure);
    }
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }
}

package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.radstream.model.config.NetworkPart;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Gradients of the weights that learn, added up over what uses them and over parts of a batch. In
 * arrays of their own, or in standing ones.
 */
public final class GradientSums {

  private final Operations operations;
  private final IdentityHashMap<NDArray, Integer> places;
  private final List<NDArray> weights;
  private final boolean standing;
  private final NDArray[] sums;
  private final WayBack way;

  /** For each sum whether anything was added. */
  private final boolean[] begun;

  private final boolean[] done;

  /**
   * @param operations whose manager keeps the sums
   * @param weights that learn, in the order of the gradients
   * @param places of these weights, and of copies of them that products read
   * @param way is told how far the way back has come
   */
  public GradientSums(
      Operations operations,
      List<NDArray> weights,
      IdentityHashMap<NDArray, Integer> places,
      WayBack way) {
    this(operations, weights, places, new NDArray[weights.size()], way, false, false);
  }

  private GradientSums(
      Operations operations,
      List<NDArray> weights,
      IdentityHashMap<NDArray, Integer> places,
      NDArray[] sums,
      WayBack way,
      boolean standing,
      boolean more) {
    this.operations = operations;
    this.weights = weights;
    this.places = places;
    this.sums = sums;
    this.way = way;
    this.standing = standing;
    this.begun = new boolean[sums.length];
    this.done = new boolean[sums.length];
    Arrays.fill(begun, more);
  }

  /**
   * In arrays that others made, as the weights are.
   *
   * @param more whether something stands there already that counts
   */
  public static GradientSums into(
      List<NDArray> sums,
      Operations operations,
      List<NDArray> weights,
      IdentityHashMap<NDArray, Integer> places,
      boolean more) {
    NDArray[] all = sums.toArray(NDArray[]::new);
    return new GradientSums(operations, weights, places, all, WayBack.UNTOLD, true, more);
  }

  /** Whether a weight, or what a copy is of, learns. */
  boolean want(NDArray weight) {
    return places.containsKey(weight);
  }

  /**
   * @param weight nothing is added where it does not learn
   * @param gradient as many numbers as of the weight; taken over
   */
  void add(NDArray weight, NDArray gradient) {
    Integer place = place(weight);
    if (place == null) {
      return;
    }
    NDArray shaped = gradient.reshape(weights.get(place).getShape());
    if (begun[place]) {
      operations.addTo(sums[place], shaped);
    } else if (standing) {
      operations.put(sums[place], shaped);
    } else {
      boolean wide = shaped.getDataType() == weights.get(place).getDataType();
      sums[place] = wide ? shaped : operations.wide(shaped);
      sums[place].attach(manager());
    }
    begun[place] = true;
  }

  /**
   * Where a gradient is to be put.
   *
   * @param array wide, as the weight
   * @param begun whether it is to be added to what stands there
   */
  record Room(NDArray array, boolean begun) {}

  /**
   * To be filled by the caller.
   *
   * @return empty where the weight does not learn
   */
  Optional<Room> room(NDArray weight) {
    Integer place = place(weight);
    if (place == null) {
      return Optional.empty();
    }
    if (sums[place] == null) {
      long[] sides = weights.get(place).getShape().getShape();
      sums[place] = operations.emptyWide(weights.get(place), sides);
    }
    Room room = new Room(sums[place], begun[place]);
    begun[place] = true;
    return Optional.of(room);
  }

  private Integer place(NDArray weight) {
    Integer place = places.get(weight);
    if (place != null && done[place]) {
      throw new IllegalStateException("a gradient of " + weight.getName() + " has left already");
    }
    return place;
  }

  /** As {@link WayBack#behind}. */
  void behind(NetworkPart part, int block) {
    way.behind(this, part, block);
  }

  private NDManager manager() {
    return operations.manager();
  }

  /**
   * The sums, a list in the engine; zeros where nothing was added.
   *
   * @return the caller's to close
   */
  public IValue list() {
    return list(IntStream.range(0, sums.length));
  }

  /**
   * Some of them, to which nothing may be added any more.
   *
   * @param chosen their places
   * @return the caller's to close
   */
  public IValue done(long... chosen) {
    for (long place : chosen) {
      done[(int) place] = true;
    }
    return list(Arrays.stream(chosen).mapToInt(place -> (int) place));
  }

  private IValue list(IntStream chosen) {
    return IValue.listFrom(chosen.mapToObj(this::sum).toArray(PtNDArray[]::new));
  }

  private NDArray sum(int place) {
    if (sums[place] == null) {
      NDArray weight = weights.get(place);
      sums[place] = manager().zeros(weight.getShape(), weight.getDataType());
    }
    return sums[place];
  }
}

package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.radstream.model.engine.HostMemory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Small arrays that go to the device together, so that one copy takes all of a type. */
final class Parcel {

  /** Aligned to what kernels want. */
  private static final int ALIGNED = 16;

  /** Where an array is in what arrived. */
  record Place(DataType type, int begin, int count) {

    int bytes(int numbers) {
      return numbers * type.getNumOfBytes();
    }
  }

  /**
   * What arrived.
   *
   * @param byType all numbers of each type
   */
  record Opened(Map<DataType, NDArray> byType) {

    /** As a vector, sharing memory with what arrived. */
    NDArray get(Operations operations, Place place) {
      return operations.part(
          byType.get(place.type()), place.begin(), (long) place.begin() + place.count());
    }

    /** The same in memory of its own. */
    Opened copy(Operations operations) {
      Map<DataType, NDArray> copies = new EnumMap<>(DataType.class);
      byType.forEach((type, numbers) -> copies.put(type, operations.copy(numbers)));
      return new Opened(copies);
    }

    /** Takes another's place, which has as much. */
    void copyTo(Opened other, Operations operations) {
      byType.forEach((type, numbers) -> operations.put(other.byType.get(type), numbers));
    }
  }

  private record Content(Place place, Consumer<ByteBuffer> numbers) {}

  private final List<Content> contents = new ArrayList<>();
  private final Map<DataType, Integer> ends = new EnumMap<>(DataType.class);

  Place longs(long... numbers) {
    return put(DataType.INT64, numbers.length, bytes -> bytes.asLongBuffer().put(numbers));
  }

  Place ints(int... numbers) {
    return put(DataType.INT32, numbers.length, bytes -> bytes.asIntBuffer().put(numbers));
  }

  Place floats(float... numbers) {
    return put(DataType.FLOAT32, numbers.length, bytes -> bytes.asFloatBuffer().put(numbers));
  }

  private Place put(DataType type, int count, Consumer<ByteBuffer> numbers) {
    Place place = new Place(type, ends.getOrDefault(type, 0), count);
    contents.add(new Content(place, numbers));
    ends.put(type, (place.begin() + count + ALIGNED - 1) / ALIGNED * ALIGNED);
    return place;
  }

  /** Of all arrays, in their order. */
  List<Place> places() {
    return contents.stream().map(Content::place).toList();
  }

  /**
   * @param operations whose manager owns what arrives
   */
  Opened send(Operations operations, HostMemory memory) {
    Map<DataType, NDArray> byType = new EnumMap<>(DataType.class);
    ends.forEach(
        (type, end) ->
            byType.put(
                type, memory.numbers(operations.manager(), type, end, bytes -> fill(type, bytes))));
    return new Opened(byType);
  }

  private void fill(DataType type, ByteBuffer all) {
    for (Content content : contents) {
      Place place = content.place();
      if (place.type() == type) {
        ByteBuffer own = all.slice(place.bytes(place.begin()), place.bytes(place.count()));
        content.numbers().accept(own.order(all.order()));
      }
    }
  }
}

package io.radstream.trainer.tuples;

/** Where a tuple is, for messages. */
public record TuplePlace(String topic, TupleRef ref) {

  @Override
  public String toString() {
    return "topic %s, partition %d, offset %d".formatted(topic, ref.partition(), ref.offset());
  }
}

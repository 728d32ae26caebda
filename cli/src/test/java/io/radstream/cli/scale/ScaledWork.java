package io.radstream.cli.scale;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** What instances share out among them. */
interface ScaledWork {

  Topic input();

  String group(KafkaConnection connection);

  /** Command line of an instance. */
  List<String> arguments(KafkaConnection connection, int number);

  /** So many times a second a record for each partition: not more than is done beside the rest. */
  int batchesASecond();

  /** Records of the input, by number. */
  IntFunction<byte[]> records(KafkaConnection connection);

  /**
   * Whatever two runs have to have alike of a record that was written.
   *
   * @param numbers but for their last bits
   */
  record Written(String what, Map<String, Double> numbers) {}

  /** What was written, by what it is written for. Written twice, it counts twice. */
  Map<String, List<Written>> outcome(KafkaConnection connection);
}

package io.radstream.cli.fuzz;

import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/** Records of each topic, as they come from Kafka. */
final class RecordTargets {

  /** Magic and number of a schema: what a registry is asked for stays as it is. */
  private static final int HEAD = 5;

  private final KafkaConnection connection =
      new KafkaConnection("unused:1", "mock://fuzz", new TopicNames("fuzz."));

  List<Target> all() throws IOException {
    List<Target> all = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      all.add(target(topic, topic.recordClass()));
    }
    return all;
  }

  private <T extends SpecificRecord> Target target(Topic topic, Class<T> type) throws IOException {
    String name = "fuzz." + topic.suffix();
    Schema schema = SpecificData.get().getSchema(type);
    List<byte[]> seeds = new ArrayList<>();
    for (int size = 0; size < 3; size++) {
      SpecificDatumReader<T> reader = new SpecificDatumReader<>(type);
      byte[] plain = plain(schema, filled(schema, size));
      T value = reader.read(null, DecoderFactory.get().binaryDecoder(plain, null));
      seeds.add(RecordSerde.of(type, connection).serializer().serialize(name, value));
    }
    byte[] head = java.util.Arrays.copyOf(seeds.get(0), HEAD);
    RecordReader<T> reader = new RecordReader<>(type, connection);
    return Target.of(
            "avro-" + topic.suffix(),
            seeds,
            List.of("\2", "\0", "\1", "\200\200\200\200\20", "\376\377\377\377\37", Target.CANARY),
            Set.of(),
            input -> {
              Decoded<T> decoded = reader.read(name, input);
              return decoded instanceof Decoded.Invalid<T> invalid ? invalid.message() : "";
            })
        .repairing(input -> headed(input, head));
  }

  private static byte[] headed(byte[] input, byte[] head) {
    return Mutator.spliced(input, 0, Math.min(HEAD, input.length), head);
  }

  private static byte[] plain(Schema schema, Object value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<>(schema).write(value, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  /**
   * A value of a schema, with so many elements in each list and canaries in each text.
   *
   * @param size from 0; unions take their last branch where it is not 0
   */
  private static Object filled(Schema schema, int size) {
    return switch (schema.getType()) {
      case RECORD -> record(schema, size);
      case ENUM -> new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(0));
      case ARRAY -> java.util.Collections.nCopies(size, filled(schema.getElementType(), size));
      case MAP -> {
        java.util.Map<String, Object> map = new java.util.TreeMap<>();
        for (int i = 0; i < size; i++) {
          map.put("key" + i, filled(schema.getValueType(), size));
        }
        yield map;
      }
      case UNION ->
          filled(schema.getTypes().get(size == 0 ? 0 : schema.getTypes().size() - 1), size);
      case FIXED -> new GenericData.Fixed(schema, new byte[schema.getFixedSize()]);
      case STRING -> Target.CANARY;
      case BYTES -> ByteBuffer.wrap(Json.bytes(Target.CANARY));
      case INT -> size;
      case LONG -> (long) size;
      case FLOAT -> (float) size;
      case DOUBLE -> (double) size;
      case BOOLEAN -> size > 0;
      case NULL -> null;
    };
  }

  private static GenericData.Record record(Schema schema, int size) {
    GenericData.Record record = new GenericData.Record(schema);
    schema.getFields().forEach(field -> record.put(field.pos(), filled(field.schema(), size)));
    return record;
  }
}

package io.radstream.tracking.tensorboard;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Writes a file of TensorFlow's {@code Event} messages (tensorflow/core/util/event.proto), each
 * framed as a TFRecord: its length, a masked CRC-32C of that, the message, a masked CRC-32C of it.
 */
final class EventWriter implements AutoCloseable {

  private static final int MASK = 0xa282ead8;
  private static final int HALF = 15;
  private static final double NANOS = 1e9;

  // Fields of Event.
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;

  // Fields of Summary, of its Value, of SummaryMetadata and its PluginData, of TensorProto.
  private static final int VALUE = 1;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;
  private static final int TENSOR = 8;
  private static final int METADATA = 9;
  private static final int PLUGIN_DATA = 1;
  private static final int PLUGIN_NAME = 1;
  private static final int DTYPE = 1;
  private static final int DT_STRING = 7;
  private static final int TENSOR_SHAPE = 2;
  private static final int STRING_VAL = 8;

  private final OutputStream file;

  /** Writes a part of a message. */
  private interface Fields {
    void to(CodedOutputStream message) throws IOException;
  }

  private EventWriter(OutputStream file) {
    this.file = file;
  }

  /**
   * @param file is made
   * @param began of the run
   */
  static EventWriter create(Path file, Instant began) throws IOException {
    EventWriter writer = new EventWriter(new BufferedOutputStream(Files.newOutputStream(file)));
    writer.frame(
        bytes(
            event -> {
              event.writeDouble(WALL_TIME, seconds(began));
              event.writeString(FILE_VERSION, "brain.Event:2");
            }));
    return writer;
  }

  void scalars(Instant time, long step, Map<String, Double> values) throws IOException {
    event(
        time,
        step,
        summary -> {
          for (Map.Entry<String, Double> value : values.entrySet()) {
            summary.writeBytes(
                VALUE,
                part(
                    one -> {
                      one.writeString(TAG, value.getKey());
                      one.writeFloat(SIMPLE_VALUE, value.getValue().floatValue());
                    }));
          }
        });
  }

  /**
   * @param text Markdown
   */
  void text(Instant time, String tag, String text) throws IOException {
    ByteString plugin = part(data -> data.writeString(PLUGIN_NAME, "text"));
    event(
        time,
        0,
        summary ->
            summary.writeBytes(
                VALUE,
                part(
                    one -> {
                      one.writeString(TAG, tag);
                      one.writeBytes(TENSOR, tensor(text));
                      one.writeBytes(METADATA, part(data -> data.writeBytes(PLUGIN_DATA, plugin)));
                    })));
  }

  private static ByteString tensor(String text) throws IOException {
    return part(
        tensor -> {
          tensor.writeEnum(DTYPE, DT_STRING);
          tensor.writeBytes(TENSOR_SHAPE, ByteString.EMPTY); // of one value alone
          tensor.writeString(STRING_VAL, text);
        });
  }

  private void event(Instant time, long step, Fields summary) throws IOException {
    frame(
        bytes(
            event -> {
              event.writeDouble(WALL_TIME, seconds(time));
              event.writeInt64(STEP, step);
              event.writeBytes(SUMMARY, part(summary));
            }));
  }

  private static ByteString part(Fields fields) throws IOException {
    return ByteString.copyFrom(bytes(fields));
  }

  private static byte[] bytes(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream message = CodedOutputStream.newInstance(bytes);
    fields.to(message);
    message.flush();
    return bytes.toByteArray();
  }

  private static double seconds(Instant time) {
    return time.getEpochSecond() + time.getNano() / NANOS;
  }

  private void frame(byte[] message) throws IOException {
    byte[] length = littleEndian(Long.BYTES).putLong(message.length).array();
    file.write(length);
    file.write(masked(length));
    file.write(message);
    file.write(masked(message));
  }

  private static byte[] masked(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    int sum = (int) crc.getValue();
    return littleEndian(Integer.BYTES).putInt(Integer.rotateRight(sum, HALF) + MASK).array();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  void flush() throws IOException {
    file.flush();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

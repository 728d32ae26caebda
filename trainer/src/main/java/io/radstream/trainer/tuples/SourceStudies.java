package io.radstream.trainer.tuples;

import io.radstream.schemas.log.OffsetRange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Which tuples of a source's topic a run learns from, so that an interrupted run need not read the
 * topic again to find them.
 *
 * @param source its name in the run's configuration
 * @param usable one bit for each offset of each range, ranges by partition; deflated, in Base64
 * @param records the same for every record, usable or not; null in checkpoints of older versions
 */
public record SourceStudies(String source, String topic, String usable, String records) {

  private static final Comparator<OffsetRange> BY_PARTITION =
      Comparator.comparingInt(OffsetRange::partition);

  public static SourceStudies of(String source, String topic, TupleIndex index) {
    List<OffsetRange> ranges = index.ranges();
    return new SourceStudies(
        source,
        topic,
        packed(ranges, index.usable()::within),
        packed(ranges, index.records()::within));
  }

  private static String packed(List<OffsetRange> ranges, Function<OffsetRange, BitSet> within) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(packed))) {
      for (OffsetRange range : ranges.stream().sorted(BY_PARTITION).toList()) {
        byte[] held = within.apply(range).toByteArray();
        byte[] bytes = new byte[bytes(range)];
        System.arraycopy(held, 0, bytes, 0, held.length);
        out.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("nothing is written but memory", e);
    }
    return Base64.getEncoder().encodeToString(packed.toByteArray());
  }

  /**
   * @param ranges that the run reads of the topic
   * @throws IllegalArgumentException where this was not made of these ranges
   */
  public TupleIndex over(List<OffsetRange> ranges) {
    return new TupleIndex(
        ranges,
        OffsetSet.of(ranges, bits(ranges, usable)),
        records == null ? RecordRanks.none() : RecordRanks.of(ranges, bits(ranges, records)));
  }

  private Map<Integer, BitSet> bits(List<OffsetRange> ranges, String packed) {
    Map<Integer, BitSet> bits = new HashMap<>();
    try (DataInputStream in =
        new DataInputStream(
            new InflaterInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(packed))))) {
      for (OffsetRange range : ranges.stream().sorted(BY_PARTITION).toList()) {
        byte[] bytes = new byte[bytes(range)];
        in.readFully(bytes);
        bits.put(range.partition(), BitSet.valueOf(bytes));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException("the studies of topic " + topic + " are damaged", e);
    }
    return bits;
  }

  private static int bytes(OffsetRange range) {
    return Math.toIntExact((range.end() - range.begin() + Byte.SIZE - 1) / Byte.SIZE);
  }
}

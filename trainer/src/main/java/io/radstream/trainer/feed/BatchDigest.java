package io.radstream.trainer.feed;

import io.radstream.model.network.StudyBatch;
import io.radstream.radiology.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/**
 * SHA-256 over every number that a step sees, and where each array ends. Of a batch in shards it is
 * that of the shards' digests, so that each can be found where its shard is. Without what
 * objectives draw by: that follows from the run's seed and the study's epoch, which stand beside it
 * on the ledger, and the digests of earlier runs have none.
 */
final class BatchDigest {

  private static final int CHUNK = 16 * 1024;

  private final MessageDigest sha256 = Sha256.digest();
  private final ByteBuffer buffer =
      ByteBuffer.allocate(CHUNK * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);

  private BatchDigest() {}

  /** Of each of so many equal shards. */
  static List<String> ofShards(StudyBatch batch, int shards) {
    return batch.parts(batch.size() / shards).stream().map(BatchDigest::of).toList();
  }

  /** Of a batch of these shards. */
  static String ofBatch(List<String> shards) {
    if (shards.size() == 1) {
      return shards.get(0);
    }
    MessageDigest all = Sha256.digest();
    shards.forEach(shard -> all.update(shard.getBytes(StandardCharsets.US_ASCII)));
    return Sha256.hex(all);
  }

  private static String of(StudyBatch batch) {
    BatchDigest digest = new BatchDigest();
    digest.add(batch.images());
    for (int i = 0; i < batch.size(); i++) {
      digest.add(batch.tokens()[i]);
      digest.add(batch.encoderTokens()[i]);
      digest.add(batch.labels()[i]);
    }
    // None where nothing asks for companions: the digest is then that of before there were any.
    batch.companions().values().forEach(digest::add);
    Arrays.stream(batch.words()).filter(words -> words.length > 0).forEach(digest::add);
    return Sha256.hex(digest.sha256);
  }

  private void add(float[] values) {
    addLength(values.length);
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      buffer.clear().asFloatBuffer().put(values, from, count);
      sha256.update(buffer.array(), 0, count * Float.BYTES);
    }
  }

  private void add(int[] values) {
    addLength(values.length);
    for (int value : values) {
      addLength(value);
    }
  }

  private void addLength(int value) {
    buffer.clear().putInt(value);
    sha256.update(buffer.array(), 0, Integer.BYTES);
  }
}

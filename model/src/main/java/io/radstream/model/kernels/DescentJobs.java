package io.radstream.model.kernels;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The tables that {@code descent.cu} works through. */
public final class DescentJobs {

  private static final int JOB_BYTES = 4 * Long.BYTES + Long.BYTES + 2 * Integer.BYTES;
  private static final int CHUNK_BYTES = 2 * Integer.BYTES;

  private DescentJobs() {}

  /**
   * A tensor that learns, by addresses that are multiples of 16.
   *
   * @param weight float32
   * @param gradient float32, or bfloat16 where it is narrow
   * @param momentum float32; 0 for none
   * @param copy bfloat16; 0 for none
   * @param count of its elements
   * @param group whose rate and decay it has
   */
  public record Job(
      long weight, long gradient, long momentum, long copy, long count, int group, boolean narrow) {

    int chunks() {
      return Math.toIntExact(Grid.ceil(count, DescentKernels.CHUNK));
    }
  }

  /** To be copied to the device. */
  public static ByteBuffer jobs(List<Job> jobs) {
    ByteBuffer table = table(jobs.size() * JOB_BYTES);
    for (Job job : jobs) {
      table.putLong(job.weight()).putLong(job.gradient()).putLong(job.momentum());
      table.putLong(job.copy()).putLong(job.count());
      table.putInt(job.group()).putInt(job.narrow() ? 1 : 0);
    }
    return table.flip();
  }

  /** To be copied to the device. */
  public static ByteBuffer chunks(List<Job> jobs) {
    ByteBuffer table = table(chunkCount(jobs) * CHUNK_BYTES);
    for (int job = 0; job < jobs.size(); job++) {
      for (int number = 0; number < jobs.get(job).chunks(); number++) {
        table.putInt(job).putInt(number);
      }
    }
    return table.flip();
  }

  public static int chunkCount(List<Job> jobs) {
    return jobs.stream().mapToInt(Job::chunks).sum();
  }

  private static ByteBuffer table(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }
}

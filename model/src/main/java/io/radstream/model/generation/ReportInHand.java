package io.radstream.model.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A report that is being written, or is written. Of the thread that its search is of. */
public final class ReportInHand {

  private final Course course;
  private final NextToken nextToken;

  ReportInHand(Course course, NextToken nextToken) {
    this.course = course;
    this.nextToken = nextToken;
  }

  /** Whether no token follows. */
  public boolean isWritten() {
    return course.live().isEmpty();
  }

  /**
   * The report.
   *
   * @throws java.util.NoSuchElementException where it is not written yet
   */
  public GeneratedReport report() {
    return course.best();
  }

  /** Ids from the start token on that no further token changes: all that might be agree on them. */
  public int[] settled() {
    if (isWritten()) {
      return report().tokens();
    }
    int[] settled = null;
    for (Hypothesis hope : course.hopes()) {
      int[] tokens = hope.tokens();
      int common = settled == null ? -1 : Arrays.mismatch(settled, tokens);
      settled = settled == null ? tokens : common < 0 ? settled : Arrays.copyOf(settled, common);
    }
    return settled;
  }

  /** Rows of the decoder that it takes. */
  int rows() {
    return course.live().size() * nextToken.representations();
  }

  /** The last token of each row. */
  int[] lastTokens() {
    int[] last = new int[rows()];
    for (int row = 0; row < last.length; row++) {
      last[row] = course.live().get(row / nextToken.representations()).last();
    }
    return last;
  }

  /**
   * One token more.
   *
   * @param logits rows × vocabulary, of all reports
   * @param first its first row
   * @return rows to go on with
   */
  List<Integer> advance(float[] logits, int first) {
    int representations = nextToken.representations();
    List<double[]> next = new ArrayList<>();
    for (Hypothesis live : course.live()) {
      next.add(nextToken.after(live.tokens(), logits, first + next.size() * representations));
    }
    List<Integer> rows = new ArrayList<>();
    for (int parent : course.advance(next)) {
      for (int i = 0; i < representations; i++) {
        rows.add(first + parent * representations + i);
      }
    }
    return rows;
  }
}

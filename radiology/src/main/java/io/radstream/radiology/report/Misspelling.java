package io.radstream.radiology.report;

/** Whether a word is another one with a slip of the pen. */
final class Misspelling {

  private Misspelling() {}

  /**
   * One letter too many, too few, wrong or out of place; two where the word begins as it should.
   */
  static boolean of(String word, String written) {
    return isOneSlip(word, written)
        || (written.startsWith(word.substring(0, 3)) && slips(word, written) == 2);
  }

  /** Whether there is one such edit between them: the same as asking {@link #slips}, sooner. */
  static boolean isOneSlip(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    if (Math.max(a.length(), b.length()) - shorter > 1) {
      return false;
    }
    int begin = 0;
    while (begin < shorter && a.charAt(begin) == b.charAt(begin)) {
      begin++;
    }
    int endA = a.length();
    int endB = b.length();
    while (Math.min(endA, endB) > begin && a.charAt(endA - 1) == b.charAt(endB - 1)) {
      endA--;
      endB--;
    }
    boolean swapped =
        endA - begin == 2
            && endB - begin == 2
            && a.charAt(begin) == b.charAt(begin + 1)
            && a.charAt(begin + 1) == b.charAt(begin);
    return swapped || Math.max(endA, endB) - begin == 1;
  }

  /** Edits of one letter between two words; letters that changed places count as one. */
  static int slips(String a, String b) {
    if (Math.abs(a.length() - b.length()) > 2) {
      return Integer.MAX_VALUE;
    }
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : best(edits, a, b, i, j);
      }
    }
    return edits[a.length()][b.length()];
  }

  private static int best(int[][] edits, String a, String b, int i, int j) {
    int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int best =
        Math.min(edits[i - 1][j - 1] + wrong, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
  }
}

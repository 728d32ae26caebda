package io.radstream.serving.receipt;

import io.radstream.radiology.ViewSelection;
import io.radstream.serving.score.BatchLimits;
import io.radstream.serving.score.Pass;
import java.util.List;

/**
 * In what company the network saw the study, by which its score can be had again to the bit. Of the
 * others it says no more than how many pictures they had.
 *
 * @param pictures of each study of the pass, how many different ones the network saw
 * @param place of this study, from 0
 */
public record ReceiptPass(List<Integer> pictures, int place) {

  /**
   * @throws IllegalArgumentException where a field does not hold what it is for
   */
  public ReceiptPass {
    pictures = Form.list("pass.pictures", pictures, BatchLimits.LARGEST);
    Form.require(
        pictures.stream().allMatch(count -> count >= 1 && count <= ViewSelection.VIEWS),
        "pass.pictures",
        "a list of numbers from 1 to " + ViewSelection.VIEWS);
    Form.require(!pictures.isEmpty(), "pass.pictures", "a list of studies");
    Form.number("pass.place", place, pictures.size() - 1L);
  }

  static ReceiptPass of(Pass pass) {
    return new ReceiptPass(pass.pictures(), pass.place());
  }

  Pass asPass() {
    return new Pass(pictures, place);
  }
}

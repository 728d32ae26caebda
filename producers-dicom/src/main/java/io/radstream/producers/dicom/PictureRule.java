package io.radstream.producers.dicom;

import io.radstream.deidentification.pixels.Origin;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.radiology.image.GrayImage;

/**
 * Judges a picture before it leaves: refuses one into which text is burned, or takes the text out.
 * Called on several threads at a time.
 */
@FunctionalInterface
public interface PictureRule {

  /** Lets every picture go as it is. */
  PictureRule NONE = (origin, image) -> image;

  /**
   * @param image whole, as it is shown, before it is made smaller
   * @return the picture that goes on
   * @throws RefusedStudyException where it may not leave
   */
  GrayImage judge(Origin origin, GrayImage image) throws RefusedStudyException;
}

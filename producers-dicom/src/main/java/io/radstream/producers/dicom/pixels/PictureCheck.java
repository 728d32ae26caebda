package io.radstream.producers.dicom.pixels;

import io.radstream.deidentification.pixels.Region;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.radiology.image.GrayImage;
import java.util.List;

/** Looks at a picture as it is shown, its pixels as they are stored. */
@FunctionalInterface
public interface PictureCheck {

  /**
   * @return what of it is to be made black
   * @throws RefusedStudyException where it may not go out
   */
  List<Region> check(GrayImage shown) throws RefusedStudyException;
}

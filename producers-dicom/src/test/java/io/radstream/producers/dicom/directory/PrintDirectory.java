package io.radstream.producers.dicom.directory;

import io.radstream.producers.dicom.PictureRule;
import io.radstream.producers.dicom.RadiographReader;
import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Placements;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.Receipt;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.SourceItem;
import io.radstream.producers.publish.SourceItem.Found;
import io.radstream.producers.publish.SourceItem.Refused;
import io.radstream.producers.publish.StudyNames;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.UnreadableImageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Prints of each file of a directory the size of its picture, or why it is refused. */
final class PrintDirectory implements PartSink {

  private PrintDirectory() {}

  public static void main(String[] arguments) throws IOException {
    try (RadiographReader reader =
        new RadiographReader(new StudyNames(""), BodyParts.CHEST, PictureRule.NONE)) {
      Placements placements = new Placements(Pseudonymizer.demo());
      new DirectorySource(Path.of(arguments[0]), reader, placements, new FileCounts())
          .deliver(new PrintDirectory());
    }
    System.out.println("done");
  }

  @Override
  public void accept(Consignment consignment, Receipt receipt) {
    consignment.items().forEach(item -> System.out.println(text(item)));
    receipt.acknowledged();
  }

  private static String text(SourceItem item) {
    if (item instanceof Refused refused) {
      return "refused " + refused.reason();
    }
    Image picture = ((Found) item).part().views().get(0).image();
    try {
      GrayImage image = ((Image.Deferred) picture).reader().read();
      return "picture %d x %d".formatted(image.width(), image.height());
    } catch (RefusedStudyException e) {
      return "refused " + e.reason();
    } catch (UnreadableImageException e) {
      return "unreadable";
    } catch (OutOfMemoryError e) {
      return "out of memory";
    }
  }

  @Override
  public Optional<String> recall(String key) {
    return Optional.empty();
  }

  @Override
  public boolean isOpen() {
    return true;
  }
}

package io.radstream.producers.datasets;

import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageDecoder;
import io.radstream.radiology.image.UnreadableImageException;
import io.radstream.schemas.RejectionReason;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the pictures of a set, wherever of several places they lie. Thread-safe. */
final class PictureFiles implements Closeable {

  /** A file over this size is not read. */
  private static final long MAX_BYTES = 128L * 1024 * 1024;

  /** A file's bytes to a picture. */
  @FunctionalInterface
  interface Decoder {
    GrayImage decode(String name, byte[] bytes)
        throws UnreadableImageException, RefusedStudyException;
  }

  private final List<? extends FileStore> stores;
  private final Function<String, List<String>> places;
  private final Decoder decoder;

  /**
   * @param stores are looked into in this order
   * @param places where a store may have a view's file, in the order of looking
   */
  PictureFiles(
      List<? extends FileStore> stores, Function<String, List<String>> places, Decoder decoder) {
    this.stores = List.copyOf(stores);
    this.places = places;
    this.decoder = decoder;
  }

  /** PNG and JPEG. */
  PictureFiles(List<? extends FileStore> stores, Function<String, List<String>> places) {
    this(stores, places, (name, bytes) -> new ImageDecoder().decode(bytes));
  }

  /**
   * @param number of the view in its study, from 1, for messages
   */
  GrayImage read(String view, int number) throws UnreadableImageException, RefusedStudyException {
    try {
      for (String place : places.apply(view)) {
        for (FileStore store : stores) {
          Optional<byte[]> bytes = store.read(place, MAX_BYTES);
          if (bytes.isPresent()) {
            return decoder.decode(place, bytes.get());
          }
        }
      }
    } catch (UnreadableImageException e) {
      throw e;
    } catch (IOException e) {
      throw refused(RejectionReason.UNDECODABLE_IMAGE, number, "the file cannot be read");
    } catch (RefusedStudyException e) {
      throw refused(e.reason(), number, e.getMessage());
    }
    throw refused(RejectionReason.UNDECODABLE_IMAGE, number, "the file does not exist");
  }

  private static RefusedStudyException refused(RejectionReason reason, int number, String why) {
    return new RefusedStudyException(reason, "image " + number + ": " + why);
  }

  @Override
  public void close() throws IOException {
    FileStore.closeAll(stores);
  }
}

package io.radstream.cli.boxes;

import io.radstream.evaluation.boxes.Box;
import io.radstream.producers.datasets.BoxTable;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageDecoder;
import io.radstream.radiology.image.UnreadableImageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pictures that a table has boxes of.
 *
 * @param boxes by the picture's name
 * @param directory that pictures lie in
 */
public record DrawnPictures(Map<String, List<BoxTable.Drawn>> boxes, Path directory) {

  private static final List<String> ENDINGS = List.of("", ".png", ".jpg");

  /**
   * @throws IOException where the table cannot be read, or one of its pictures is not there
   */
  public static DrawnPictures of(BoxTable table, Path directory) throws IOException {
    Map<String, List<BoxTable.Drawn>> boxes =
        table.read().stream()
            .collect(
                Collectors.groupingBy(BoxTable.Drawn::picture, TreeMap::new, Collectors.toList()));
    for (String picture : boxes.keySet()) {
      file(directory, picture);
    }
    return new DrawnPictures(boxes, directory);
  }

  public Stream<MarkedPicture> pictures() {
    return boxes.entrySet().stream().map(entry -> picture(entry.getKey(), entry.getValue()));
  }

  private MarkedPicture picture(String name, List<BoxTable.Drawn> drawn) {
    try {
      byte[] encoded = Files.readAllBytes(file(directory, name));
      GrayImage image = new ImageDecoder().decode(encoded);
      return new MarkedPicture(
          encoded,
          drawn.stream()
              .collect(
                  Collectors.groupingBy(
                      BoxTable.Drawn::finding,
                      Collectors.mapping(box -> box(box, image), Collectors.toList()))));
    } catch (UnreadableImageException e) {
      throw new UncheckedIOException(new IOException("a picture of the table cannot be read", e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Box box(BoxTable.Drawn drawn, GrayImage image) {
    return new Box(
        drawn.left() / image.width(),
        drawn.top() / image.height(),
        drawn.width() / image.width(),
        drawn.height() / image.height());
  }

  private static Path file(Path directory, String picture) throws IOException {
    // A name of a table is not to lead anywhere else.
    String name = Path.of(picture).getFileName().toString();
    return ENDINGS.stream()
        .map(ending -> directory.resolve(name + ending))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "a picture that the table has a box of is not in "
                        + directory
                        + "; give the directory that has all of them"));
  }
}

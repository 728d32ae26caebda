package io.radstream.producers.datasets;

import io.radstream.producers.datasets.DatasetSource.Selection;
import io.radstream.producers.publish.SourceItem;
import io.radstream.producers.publish.StudyPart;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.producers.publish.StudyPart.RawView;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A small set in the layout of a published one. */
record DatasetTree(Path root) {

  DatasetTree text(String name, String... lines) throws IOException {
    Files.write(place(name), (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  DatasetTree gzip(String name, String... lines) throws IOException {
    try (OutputStream output = new GZIPOutputStream(Files.newOutputStream(place(name)))) {
      output.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return this;
  }

  DatasetTree picture(String name, int side) throws IOException {
    Files.write(place(name), png(side));
    return this;
  }

  DatasetTree zip(String name, Map<String, byte[]> entries) throws IOException {
    try (ZipOutputStream output = new ZipOutputStream(Files.newOutputStream(place(name)))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        output.putNextEntry(new ZipEntry(entry.getKey()));
        output.write(entry.getValue());
        output.closeEntry();
      }
    }
    return this;
  }

  static byte[] png(int side) throws IOException {
    return ImageEncoder.png(new GrayImage(side, side, new byte[side * side]));
  }

  private Path place(String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return file;
  }

  List<SourceItem> items(PublishedDataset dataset, Selection selection) throws IOException {
    try (DatasetSource source = DatasetSource.open(dataset, root, selection)) {
      return source.items().toList();
    }
  }

  List<StudyPart> parts(PublishedDataset dataset, Selection selection) throws IOException {
    return items(dataset, selection).stream()
        .map(item -> ((SourceItem.Found) item).part())
        .toList();
  }

  List<StudyPart> parts(PublishedDataset dataset) throws IOException {
    return parts(dataset, Selection.ALL);
  }

  List<String> deviations(PublishedDataset dataset) throws IOException {
    try (DatasetSource source = DatasetSource.open(dataset, root, Selection.ALL)) {
      return source.deviations();
    }
  }

  /** The width of a view's picture, which is read for it. */
  static int width(RawView view) {
    try {
      return ((Image.Deferred) view.image()).reader().read().width();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static String report(StudyPart part) {
    return part.report().orElseThrow().getText();
  }
}

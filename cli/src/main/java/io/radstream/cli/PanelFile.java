package io.radstream.cli;

import io.radstream.producers.jsonl.JsonlSource;
import io.radstream.producers.publish.SourceItem;
import io.radstream.producers.publish.StudyPart;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.producers.publish.StudyPart.RawView;
import io.radstream.radiology.Sha256;
import io.radstream.serving.panel.Panel;
import io.radstream.serving.panel.PanelBuilder;
import io.radstream.serving.panel.UnusablePanelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A panel in the format of {@code publish jsonl}. Where that publishes what it can, every line must
 * be good here: a panel that silently lost studies would judge otherwise than the site thinks.
 *
 * @param path the JSON Lines file, or a directory with one such file in it
 */
record PanelFile(Path path) {

  private static final String ENDING = ".jsonl";

  /**
   * @throws UnusablePanelException naming the first line that is wrong by its number
   * @throws IOException where the file cannot be read
   */
  Panel read() throws UnusablePanelException, IOException {
    PanelBuilder panel = new PanelBuilder();
    try (Stream<SourceItem> items = new JsonlSource(file()).items()) {
      for (Iterator<SourceItem> all = items.iterator(); all.hasNext(); ) {
        add(panel, all.next());
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return panel.build();
  }

  private Path file() throws UnusablePanelException, IOException {
    if (!Files.isDirectory(path)) {
      return path;
    }
    List<Path> found;
    try (Stream<Path> files = Files.list(path)) {
      found = files.filter(file -> file.toString().endsWith(ENDING)).toList();
    }
    if (found.size() != 1) {
      throw new UnusablePanelException(
          "the directory has %d files that end in %s; name the one with the panel"
              .formatted(found.size(), ENDING));
    }
    return found.get(0);
  }

  private static void add(PanelBuilder panel, SourceItem item) throws UnusablePanelException {
    String place = "line " + item.number();
    if (item instanceof SourceItem.Refused refused) {
      throw new UnusablePanelException(place + ": " + refused.explanation());
    }
    if (item instanceof SourceItem.Found found) {
      StudyPart part = found.part();
      panel.add(
          place, Sha256.of(part.study()), Sha256.of(part.patient()), views(part), part.labels());
    }
  }

  private static Map<String, byte[]> views(StudyPart part) {
    Map<String, byte[]> views = new LinkedHashMap<>();
    for (RawView view : part.views()) {
      // The source gives files as they are, and nothing else.
      views.put(view.key(), ((Image.File) view.image()).bytes());
    }
    return views;
  }
}

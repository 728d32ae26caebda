package io.radstream.producers.datasets;

import io.radstream.producers.publish.StudyPart.Frame;
import io.radstream.producers.publish.StudyPart.RawBox;
import io.radstream.producers.publish.StudyPart.ViewFacts;
import io.radstream.schemas.Projection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the tables of one part of VinDr-CXR tell of its pictures. */
final class VinDrPart {

  private final Map<String, ReaderVotes> votes = new LinkedHashMap<>();
  private final Map<String, List<RawBox>> boxes = new HashMap<>();
  private final Map<String, Frame> frames;
  private final Readers readers;

  VinDrPart(Map<String, Frame> frames, Readers readers) {
    this.frames = frames;
    this.readers = readers;
  }

  ReaderVotes votes(String image) {
    return votes.computeIfAbsent(image, it -> new ReaderVotes());
  }

  void knowAll(Set<String> findings) {
    votes.values().forEach(image -> image.knowAll(findings));
  }

  /** A row without a place says that its reader saw nothing. */
  void addBox(TableRow row) throws DatasetException {
    if (row.get("x_min").isEmpty()) {
      return;
    }
    String image = row.get("image_id");
    double x = Numbers.finite(row.get("x_min"));
    double y = Numbers.finite(row.get("y_min"));
    boxes
        .computeIfAbsent(image, it -> new ArrayList<>())
        .add(
            new RawBox(
                FindingNames.of(row.get("class_name")),
                x,
                y,
                Numbers.finite(row.get("x_max")) - x,
                Numbers.finite(row.get("y_max")) - y,
                Optional.of(row.get("rad_id")).filter(reader -> !reader.isEmpty()),
                Optional.ofNullable(frames.get(image))));
  }

  /** The set does not say which pictures are one patient's. */
  void list(Split split, StudyList studies) throws DatasetException {
    for (Map.Entry<String, ReaderVotes> image : votes.entrySet()) {
      String name = image.getKey();
      StudyList.Entry entry =
          studies
              .of(name, name)
              .split(Optional.of(split))
              .view(
                  new ListedView(
                      split.name().toLowerCase(Locale.ROOT) + "/" + name,
                      Projection.PA,
                      ViewFacts.NONE,
                      boxes.getOrDefault(name, List.of())));
      studies.label(entry, image.getValue().labels(readers));
    }
  }
}

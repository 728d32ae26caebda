package io.radstream.results.dicom;

import io.radstream.results.destination.Outcome;
import io.radstream.results.destination.Result;
import io.radstream.results.maps.MapPicture;
import io.radstream.results.maps.ResultMaps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The objects that an archive gets of a result: the report first, then its pictures.
 *
 * @param maps empty where no pictures are wanted
 */
record ResultObjects(Optional<ResultMaps> maps) {

  /** Of a result without a study UID, which no archive knows where to put. */
  static final Outcome UNADDRESSED = new Outcome.Unaddressed("no study UID is known");

  /** None where no study UID is known. */
  List<StoredObject> of(Result result) {
    Optional<ReportDocument> report = ReportDocument.of(result);
    if (report.isEmpty()) {
      return List.of();
    }
    List<StoredObject> objects = new ArrayList<>(report.stream().toList());
    for (MapPicture map : maps.map(known -> known.of(result)).orElse(List.of())) {
      objects.add(new CaptureDocument(result, map, objects.size()));
    }
    return objects;
  }
}

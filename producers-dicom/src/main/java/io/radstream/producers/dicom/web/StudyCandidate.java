package io.radstream.producers.dicom.web;

import io.radstream.producers.publish.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A study of an archive, of which some instances may be known already. Identifying: never logged.
 *
 * @param modalities of the series that are wanted
 * @param seen what was seen of it before
 * @param count how many instances the archive told of, of whatever modality
 */
record StudyCandidate(
    DicomWeb archive, List<String> modalities, String uid, SeenStudy seen, int count, String key)
    implements Candidate {

  @Override
  public String place() {
    return "/studies/" + uid;
  }

  @Override
  public List<InstanceAddress> look() throws ArchiveException {
    String study = place();
    List<InstanceAddress> fresh = new ArrayList<>();
    for (Entry series : archive.list(study + "/series", Map.of(), Entry.SERIES).all()) {
      if (modalities.contains(series.first(Entry.MODALITY))) {
        String seriesUid = series.first(Entry.SERIES);
        String path = study + "/series/" + seriesUid + "/instances";
        for (Entry instance : archive.list(path, Map.of(), Entry.INSTANCE).all()) {
          fresh.add(new InstanceAddress(uid, seriesUid, instance.first(Entry.INSTANCE)));
        }
      }
    }
    fresh.removeIf(seen::has);
    return fresh;
  }

  @Override
  public Optional<Mark> mark(Set<InstanceAddress> done, boolean whole) {
    if (done.isEmpty() && !whole) {
      return Optional.empty();
    }
    SeenStudy now = whole ? seen.with(done, count) : seen.unfinished(done);
    return Optional.of(new Mark(key, now.write()));
  }
}

package io.radstream.cli;

import io.radstream.cli.topics.FoundRecord;
import io.radstream.objects.ObjectStore;
import io.radstream.schemas.OriginalPlace;
import io.radstream.schemas.OriginalView;
import io.radstream.schemas.Study;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.View;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What lies of a withdrawn study at full resolution: below its pseudonym, and wherever its records
 * say.
 *
 * @param records of the study and its tuples, all there are
 * @param stores that may be deleted from
 * @param say what people are told
 */
record WithdrawnPictures(
    List<FoundRecord> records, List<ObjectStore> stores, Consumer<String> say) {

  /**
   * Deletes what is in reach.
   *
   * @return whether there is nothing that records speak of and that is out of reach
   * @throws IOException where a store does not answer, or refuses
   */
  boolean delete(String studyId) throws IOException {
    Set<String> told = told();
    for (ObjectStore store : stores) {
      Set<String> keys = new TreeSet<>();
      store.list(OriginalPlace.folder(studyId)).forEach(object -> keys.add(object.key()));
      for (String address : told) {
        Optional<String> key = store.address().keyOf(address);
        if (key.isPresent() && store.size(key.get()).isPresent()) {
          keys.add(key.get());
        }
      }
      for (String key : keys) {
        store.delete(key);
      }
      say.accept(
          "Deleted %d pictures of the study below %s.".formatted(keys.size(), store.address()));
    }
    told.removeIf(
        address -> stores.stream().anyMatch(store -> store.address().keyOf(address).isPresent()));
    tell(studyId, told);
    return told.isEmpty();
  }

  private void tell(String studyId, Set<String> left) {
    TreeMap<String, Integer> addresses = new TreeMap<>();
    left.forEach(address -> addresses.merge(before(address, studyId), 1, Integer::sum));
    addresses.forEach(
        (address, count) ->
            say.accept(
                "WARNING: %d pictures of the study may lie below %s; withdraw it again with --originals %s"
                    .formatted(count, address, address)));
  }

  /** The address that it was published with. */
  private static String before(String address, String studyId) {
    int at = address.indexOf("/" + OriginalPlace.folder(studyId));
    return at < 0 ? address : address.substring(0, at);
  }

  /** All records are looked at: one that came later may say nothing of it, or another place. */
  private Set<String> told() {
    Set<String> found = new TreeSet<>();
    records.stream()
        .flatMap(record -> views(record).stream())
        .map(View::getOriginal)
        .filter(Objects::nonNull)
        .map(OriginalView::getUri)
        .forEach(found::add);
    return found;
  }

  private static List<View> views(FoundRecord record) {
    if (record.value().orElse(null) instanceof Study study) {
      return study.getViews();
    }
    return record.value().orElse(null) instanceof StudyTuple tuple ? tuple.getViews() : List.of();
  }
}

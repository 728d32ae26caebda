package io.radstream.producers.dicom.web;

import io.radstream.producers.dicom.web.OrthancClient.Changes;
import io.radstream.producers.dicom.web.OrthancClient.Instance;
import io.radstream.producers.dicom.web.OrthancClient.NewInstance;
import io.radstream.producers.dicom.web.OrthancClient.Series;
import io.radstream.producers.publish.Mark;
import io.radstream.producers.publish.PartSink;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What came into an Orthanc, by its list of changes. It is taken instance by instance: that a study
 * is complete, Orthanc forgets to tell where it is restarted meanwhile, but never that an instance
 * came. A corrected instance comes as a new one.
 */
final class ChangeFeed implements Feed {

  private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);

  private static final String POSITION_KEY = "dicomweb/changes/";
  private static final int SERIES_KEPT = 1_000;

  private final OrthancClient orthanc;
  private final List<String> modalities;
  private final Optional<Duration> since;
  private final Clock clock;
  private final boolean again;

  private final TreeMap<Long, String> unsettled = new TreeMap<>();
  private long read = -1;
  private long told = -1;

  private final Map<String, Series> series =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Series> eldest) {
          return size() > SERIES_KEPT;
        }
      };

  /**
   * @param since how old a study may be by its date; empty for whatever age
   * @param again whether to begin with the first change, whatever was seen in earlier runs
   */
  ChangeFeed(
      OrthancClient orthanc,
      List<String> modalities,
      Optional<Duration> since,
      Clock clock,
      boolean again) {
    this.orthanc = orthanc;
    this.modalities = List.copyOf(modalities);
    this.since = since;
    this.clock = clock;
    this.again = again;
  }

  private final class Change implements Candidate {

    private final NewInstance change;

    private Change(NewInstance change) {
      this.change = change;
    }

    @Override
    public String key() {
      return POSITION_KEY + orthanc.root() + '/' + change.number();
    }

    @Override
    public String place() {
      return "/instances/" + change.id();
    }

    @Override
    public List<InstanceAddress> look() throws ArchiveException {
      Instance instance = orthanc.instance(change.id());
      Series parent = parent(instance.series());
      if (!modalities.contains(parent.modality()) || isTooOld(parent)) {
        return List.of();
      }
      try {
        return List.of(
            new InstanceAddress(parent.study(), parent.uid(), instance.sopInstanceUid()));
      } catch (IllegalArgumentException e) {
        throw new ArchiveException(ArchiveException.Kind.BAD_ANSWER, e.getMessage(), e);
      }
    }

    /** The position in the list says it all. */
    @Override
    public Optional<Mark> mark(Set<InstanceAddress> done, boolean whole) {
      return Optional.empty();
    }
  }

  private Series parent(String id) throws ArchiveException {
    synchronized (series) {
      Series known = series.get(id);
      if (known != null) {
        return known;
      }
    }
    Series fetched = orthanc.series(id);
    synchronized (series) {
      series.put(id, fetched);
    }
    return fetched;
  }

  private boolean isTooOld(Series parent) {
    Optional<LocalDate> oldest =
        since.map(age -> LocalDate.now(clock).atStartOfDay().minus(age).toLocalDate());
    return oldest.isPresent() && parent.day().filter(oldest.get()::isAfter).isPresent();
  }

  @Override
  public Page next(PartSink memory) throws ArchiveException {
    if (read < 0) {
      read = again ? 0 : memory.recall(positionKey()).map(ChangeFeed::number).orElse(0L);
      told = read;
    }
    Changes changes = orthanc.changes(read);
    if (changes.last() < read) {
      LOG.warn("The Orthanc's list of changes has begun anew; it is read from its beginning");
      read = 0;
      changes = orthanc.changes(read);
    }
    List<Candidate> candidates = new ArrayList<>();
    for (NewInstance change : changes.newInstances()) {
      Change candidate = new Change(change);
      unsettled.put(change.number(), candidate.key());
      candidates.add(candidate);
    }
    boolean last = changes.done() || changes.last() <= read;
    read = changes.last();
    return new Page(candidates, last);
  }

  /** What another version wrote counts as nothing. */
  private static long number(String text) {
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  @Override
  public void settled(Candidate candidate) {
    unsettled.remove(((Change) candidate).change.number());
  }

  @Override
  public Optional<Mark> position() {
    long position = unsettled.isEmpty() ? read : unsettled.firstKey() - 1;
    if (position == told) {
      return Optional.empty();
    }
    told = position;
    return Optional.of(new Mark(positionKey(), Long.toString(position)));
  }

  private String positionKey() {
    return POSITION_KEY + orthanc.root();
  }
}

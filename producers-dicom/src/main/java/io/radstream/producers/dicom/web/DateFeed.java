package io.radstream.producers.dicom.web;

import io.radstream.producers.publish.Mark;
import io.radstream.producers.publish.PartSink;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;

/**
 * The studies of the last days, by QIDO-RS, swept again and again. A study is looked at when it is
 * new, has another number of instances than before, or is said to be another examination's or
 * patient's.
 */
final class DateFeed implements Feed {

  private static final String STUDY_KEY = "dicomweb/study/";
  private static final String SWEEP_KEY = "dicomweb/sweep/";

  private final DicomWeb archive;
  private final List<String> modalities;
  private final Duration since;
  private final Clock clock;
  private boolean again;

  private final Queue<DicomWeb.Pages> lists = new ArrayDeque<>();
  private final Set<String> listed = new HashSet<>();
  private final Set<String> unsettled = new HashSet<>();
  private Optional<LocalDate> sweeping = Optional.empty();
  private Optional<LocalDate> swept = Optional.empty();
  private Optional<LocalDate> told = Optional.empty();

  /**
   * @param since how old a study may be by its date; counted from the last sweep, so that nothing
   *     is missed after a while of standing still
   * @param again whether the first sweep looks at each study, whatever was seen of it before
   */
  DateFeed(DicomWeb archive, List<String> modalities, Duration since, Clock clock, boolean again) {
    this.archive = archive;
    this.modalities = List.copyOf(modalities);
    this.since = since;
    this.clock = clock;
    this.again = again;
  }

  @Override
  public Page next(PartSink memory) throws ArchiveException {
    if (sweeping.isEmpty()) {
      begin(memory);
    }
    DicomWeb.Pages list = lists.element();
    List<Entry> page = list.next();
    if (page.isEmpty()) {
      lists.remove();
    }
    List<Candidate> candidates = new ArrayList<>();
    for (Entry entry : page) {
      if (listed.add(entry.first(Entry.STUDY)) && mayHold(entry)) {
        candidate(entry, memory).ifPresent(candidates::add);
      }
    }
    candidates.forEach(it -> unsettled.add(it.key()));
    if (!lists.isEmpty()) {
      return new Page(candidates, false);
    }
    again = false;
    swept = sweeping;
    sweeping = Optional.empty();
    return new Page(candidates, true);
  }

  private void begin(PartSink memory) {
    LocalDate today = LocalDate.now(clock);
    LocalDate last = memory.recall(sweepKey()).flatMap(DateFeed::date).orElse(today);
    LocalDate base = last.isBefore(today) ? last : today;
    // A clock may be ahead, and so may a time zone.
    String range =
        DateTimeFormatter.BASIC_ISO_DATE.format(base.atStartOfDay().minus(since))
            + '-'
            + DateTimeFormatter.BASIC_ISO_DATE.format(today.plusDays(1));
    listed.clear();
    lists.clear();
    for (String modality : modalities) {
      Map<String, String> query = Map.of("StudyDate", range, "ModalitiesInStudy", modality);
      lists.add(archive.list("/studies", query, Entry.STUDY));
    }
    sweeping = Optional.of(today);
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Not every archive filters by what is in a study. */
  private boolean mayHold(Entry study) {
    List<String> has = study.all(Entry.MODALITIES);
    return has.isEmpty() || has.stream().anyMatch(modalities::contains);
  }

  private Optional<Candidate> candidate(Entry entry, PartSink memory) {
    String uid = entry.first(Entry.STUDY);
    String identity = SeenStudy.identity(entry);
    OptionalInt count = number(entry.first(Entry.INSTANCES));
    SeenStudy seen =
        memory
            .recall(STUDY_KEY + uid)
            .map(SeenStudy::read)
            .filter(it -> it.identity().equals(identity))
            .orElse(SeenStudy.nothing(identity));
    boolean same = count.isPresent() && seen.count() == count.getAsInt();
    if (same && !again) {
      return Optional.empty();
    }
    return Optional.of(
        new StudyCandidate(archive, modalities, uid, seen, count.orElse(0), STUDY_KEY + uid));
  }

  private static OptionalInt number(String text) {
    return text.matches("[0-9]{1,9}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }

  @Override
  public void settled(Candidate candidate) {
    unsettled.remove(candidate.key());
  }

  /** A day counts as swept once every study that was found is dealt with. */
  @Override
  public Optional<Mark> position() {
    if (swept.equals(told) || !unsettled.isEmpty()) {
      return Optional.empty();
    }
    told = swept;
    return told.map(day -> new Mark(sweepKey(), day.toString()));
  }

  private String sweepKey() {
    return SWEEP_KEY + archive.root();
  }
}

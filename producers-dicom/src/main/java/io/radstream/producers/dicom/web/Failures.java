package io.radstream.producers.dicom.web;

import io.radstream.producers.publish.Mark;
import io.radstream.producers.publish.PartSink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What could not be fetched and is to be tried again, after pauses that grow to an hour. How often
 * it was tried is remembered over restarts. For one thread.
 */
final class Failures {

  /** Some three hours after the first. */
  static final int TRIES = 10;

  private static final int MOST = 10_000;
  private static final String KEY = "dicomweb/tries/";
  private static final Duration LONGEST = Duration.ofHours(1);

  private record Pending(Candidate candidate, Instant due) {}

  private final Duration first;
  private final Map<String, Pending> pending = new LinkedHashMap<>();

  /**
   * @param first pause; each further one is twice as long
   */
  Failures(Duration first) {
    this.first = first;
  }

  /** How often it was tried in vain, in this run and earlier ones. */
  static int tries(Candidate candidate, PartSink memory) {
    String text = memory.recall(KEY + candidate.key()).orElse("");
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
  }

  /** What is remembered of so many tries. */
  static Mark mark(Candidate candidate, int tries) {
    return new Mark(KEY + candidate.key(), Integer.toString(tries));
  }

  /**
   * @param tries in vain so far; 0 where nothing is known against it
   */
  void postpone(Candidate candidate, int tries, Instant now) {
    Duration pause = first.multipliedBy(1L << Math.min(Math.max(tries - 1, 0), 20));
    Duration wait = pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    pending.put(candidate.key(), new Pending(candidate, now.plus(wait)));
  }

  boolean holds(Candidate candidate) {
    return pending.containsKey(candidate.key());
  }

  /** Whether to fetch nothing new before some of it is settled. */
  boolean isFull() {
    return pending.size() >= MOST;
  }

  /** Takes out those whose time has come. */
  List<Candidate> due(Instant now) {
    List<Candidate> due = new ArrayList<>();
    pending.values().removeIf(each -> !each.due().isAfter(now) && due.add(each.candidate()));
    return due;
  }
}

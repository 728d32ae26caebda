package io.radstream.trainer.traits;

import java.util.Set;

/** What a study answers to, or not. */
public sealed interface Condition {

  boolean needsTraits();

  /**
   * @param step that reads the study
   */
  boolean matches(long step, StudyPlace place, StudyTraits traits);

  /** Is one of these. */
  record Studies(Set<String> ids) implements Condition {

    public Studies {
      ids = Set.copyOf(ids);
    }

    @Override
    public boolean needsTraits() {
      return true;
    }

    @Override
    public boolean matches(long step, StudyPlace place, StudyTraits traits) {
      return ids.contains(traits.studyId());
    }

    @Override
    public String toString() {
      return "studies=" + ids.size();
    }
  }

  /** Has this in common with others. */
  record Has(Trait trait, String value) implements Condition {

    @Override
    public boolean needsTraits() {
      return true;
    }

    @Override
    public boolean matches(long step, StudyPlace place, StudyTraits traits) {
      return traits.of(trait).contains(value);
    }

    @Override
    public String toString() {
      return trait.label() + "=" + value;
    }
  }

  /**
   * Its tuple is in a range of a partition.
   *
   * @param first offset
   * @param last offset, inclusive
   */
  record Range(int partition, long first, long last) implements Condition {

    @Override
    public boolean needsTraits() {
      return false;
    }

    @Override
    public boolean matches(long step, StudyPlace place, StudyTraits traits) {
      return place.ref().partition() == partition
          && place.ref().offset() >= first
          && place.ref().offset() <= last;
    }

    @Override
    public String toString() {
      return "range=%d:%d-%d".formatted(partition, first, last);
    }
  }

  /**
   * Is read by one of these steps.
   *
   * @param last inclusive
   */
  record Steps(long first, long last) implements Condition {

    @Override
    public boolean needsTraits() {
      return false;
    }

    @Override
    public boolean matches(long step, StudyPlace place, StudyTraits traits) {
      return step >= first && step <= last;
    }

    @Override
    public String toString() {
      return "steps=%d-%d".formatted(first, last);
    }
  }
}

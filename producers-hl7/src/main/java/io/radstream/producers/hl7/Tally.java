package io.radstream.producers.hl7;

import java.util.concurrent.atomic.LongAdder;

/** Counts messages. Thread-safe. */
final class Tally {

  final LongAdder accepted = new LongAdder();
  final LongAdder notForUs = new LongAdder();
  final LongAdder rejected = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder unreadable = new LongAdder();

  MessageCounts counts() {
    return new MessageCounts(
        accepted.sum(), notForUs.sum(), rejected.sum(), failed.sum(), unreadable.sum());
  }
}

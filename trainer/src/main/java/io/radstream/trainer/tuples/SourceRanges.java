package io.radstream.trainer.tuples;

import io.radstream.schemas.ReadRange;
import io.radstream.schemas.log.OffsetRange;
import java.util.List;

/** Ranges of offsets as records tell of them. */
public final class SourceRanges {

  private SourceRanges() {}

  public static List<ReadRange> toRecords(List<SourceRange> ranges) {
    return ranges.stream()
        .map(
            range ->
                new ReadRange(
                    range.source(),
                    range.topic(),
                    range.range().partition(),
                    range.range().begin(),
                    range.range().end(),
                    range.records()))
        .toList();
  }

  public static List<SourceRange> ofRecords(List<ReadRange> records) {
    return records.stream()
        .map(
            record ->
                new SourceRange(
                    record.getSource(),
                    record.getTopic(),
                    new OffsetRange(record.getPartition(), record.getBegin(), record.getEnd()),
                    record.getRecords()))
        .toList();
  }
}

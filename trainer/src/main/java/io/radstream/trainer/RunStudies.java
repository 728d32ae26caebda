package io.radstream.trainer;

import io.radstream.trainer.labels.StudyLabels;
import io.radstream.trainer.tuples.TupleIndex;

/**
 * All that a run reads.
 *
 * @param train to learn from
 * @param validation to be measured on; none where the run does not validate
 * @param labels of both; none without label supervision
 */
record RunStudies(TupleIndex train, TupleIndex validation, StudyLabels labels) {}

package io.radstream.trainer.feed;

import io.radstream.trainer.augment.PreparedStudy;

/** A study that was taken from a source for a batch. */
record TakenStudy(Read read, PreparedStudy study) {}

package io.radstream.cli.demo;

import io.radstream.producers.phantom.PhantomGenerator;
import io.radstream.producers.phantom.PhantomStudy;
import io.radstream.producers.phantom.PhantomView;
import io.radstream.radiology.image.ImageEncoder;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Synthetic studies that are never published.
 *
 * @param first index of the first; even, so that none shares a patient with the study before
 */
public record HeldOut(PhantomGenerator generator, long seed, long first, int count) {

  /** Of the i-th, counted round and round. */
  PhantomStudy study(long i) {
    return generator.study(seed, first + i % count);
  }

  Stream<PhantomStudy> all() {
    return LongStream.range(0, count).mapToObj(this::study);
  }

  static Stream<byte[]> encoded(PhantomStudy study) {
    return study.views().stream().map(PhantomView::image).map(ImageEncoder::png);
  }
}

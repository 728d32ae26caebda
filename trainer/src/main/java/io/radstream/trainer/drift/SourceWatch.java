package io.radstream.trainer.drift;

import io.radstream.radiology.image.GrayImage;
import io.radstream.schemas.Alarm;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.config.Drift;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The incoming studies of one source: their reports, views and intensities. */
final class SourceWatch {

  private static final double WHITE = 255;

  private final TokenSurprise surprise;
  private final WatchedStatistic reportLength;
  private final WatchedStatistic tokenSurprise;
  private final WatchedStatistic views;
  private final WatchedStatistic brightness;
  private final WatchedStatistic contrast;

  SourceWatch(String source, Drift drift) {
    this.surprise = new TokenSurprise(drift.window());
    this.reportLength = new WatchedStatistic("report_length", source, drift, false);
    this.tokenSurprise = new WatchedStatistic("token_surprise", source, drift, false);
    this.views = new WatchedStatistic("views", source, drift, false);
    this.brightness = new WatchedStatistic("brightness", source, drift, false);
    this.contrast = new WatchedStatistic("contrast", source, drift, false);
  }

  List<Alarm> see(PreparedStudy study) {
    List<Alarm> alarms = new ArrayList<>();
    if (study.hasReport()) {
      report(study.report().decoder()).forEach(alarms::add);
    }
    views.see(study.views().count()).ifPresent(alarms::add);
    intensities(study.views().shown()).forEach(alarms::add);
    return alarms;
  }

  private Stream<Alarm> report(int[] tokens) {
    return Stream.concat(
        reportLength.see(tokens.length).stream(),
        surprise.of(tokens).stream().boxed().flatMap(value -> tokenSurprise.see(value).stream()));
  }

  /**
   * Of what was shown: mean and standard deviation of all pixels, from 0 for black to 1 for white.
   */
  private Stream<Alarm> intensities(List<GrayImage> images) {
    long[] histogram = new long[256];
    for (GrayImage image : images) {
      for (byte pixel : image.pixels()) {
        histogram[Byte.toUnsignedInt(pixel)]++;
      }
    }
    double count = 0;
    double sum = 0;
    double squares = 0;
    for (int value = 0; value < histogram.length; value++) {
      count += histogram[value];
      sum += histogram[value] * (value / WHITE);
      squares += histogram[value] * (value / WHITE) * (value / WHITE);
    }
    double mean = sum / count;
    double deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
    return Stream.concat(brightness.see(mean).stream(), contrast.see(deviation).stream());
  }
}

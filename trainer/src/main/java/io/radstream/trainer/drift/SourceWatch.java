package io.radstream.trainer.drift;

import io.radstream.radiology.image.GrayImage;
import io.radstream.schemas.Alarm;
import io.radstream.trainer.augment.Intensity;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.config.Drift;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The incoming studies of one source: their reports, views and intensities. */
final class SourceWatch {

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

  /** Of what was shown. */
  private Stream<Alarm> intensities(List<GrayImage> images) {
    Intensity intensity = Intensity.of(images);
    return Stream.concat(
        brightness.see(intensity.brightness()).stream(),
        contrast.see(intensity.contrast()).stream());
  }
}

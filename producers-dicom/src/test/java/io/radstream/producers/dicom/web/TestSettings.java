package io.radstream.producers.dicom.web;

import io.radstream.producers.access.Credentials;
import io.radstream.producers.dicom.PictureRule;
import io.radstream.producers.dicom.RadiographReader;
import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.producers.publish.Placements;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.StudyNames;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Small and hasty settings, and what a source needs besides. */
record TestSettings(
    URI root,
    Optional<URI> orthanc,
    Credentials credentials,
    Optional<SSLContext> trusted,
    Optional<Duration> since,
    boolean once,
    boolean again,
    Duration answer) {

  /** Noon of the day after the one on which the radiographs of the tests were taken. */
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-03T12:00:00Z"), ZoneOffset.UTC);

  /** By date, once. */
  static TestSettings of(TestArchive archive) {
    return new TestSettings(
        archive.root(),
        Optional.empty(),
        new Credentials.None(),
        Optional.empty(),
        Optional.of(Duration.ofDays(2)),
        true,
        false,
        Duration.ofSeconds(30));
  }

  static TestSettings byChange(TestArchive archive) {
    return new TestSettings(
        archive.root(),
        Optional.of(archive.orthanc()),
        new Credentials.None(),
        Optional.empty(),
        Optional.empty(),
        true,
        false,
        Duration.ofSeconds(30));
  }

  TestSettings listening() {
    return new TestSettings(root, orthanc, credentials, trusted, since, false, again, answer);
  }

  TestSettings lookingAgain() {
    return new TestSettings(root, orthanc, credentials, trusted, since, once, true, answer);
  }

  TestSettings notOlderThan(Duration age) {
    return new TestSettings(
        root, orthanc, credentials, trusted, Optional.of(age), once, again, answer);
  }

  TestSettings trusting(SSLContext context) {
    return new TestSettings(
        root, orthanc, credentials, Optional.of(context), since, once, again, answer);
  }

  TestSettings waiting(Duration time) {
    return new TestSettings(root, orthanc, credentials, trusted, since, once, again, time);
  }

  ArchiveLimits limits() {
    return new ArchiveLimits(
        1 << 20, 1 << 20, 3, 50, answer, 3, Duration.ofMillis(1), Duration.ofMillis(20));
  }

  DicomWebSource source() {
    DicomWebSettings settings =
        new DicomWebSettings(
            root,
            orthanc,
            credentials,
            trusted,
            List.of("CR", "DX"),
            since,
            Duration.ofMillis(1),
            once,
            again,
            4,
            limits());
    return new DicomWebSource(
        settings,
        new RadiographReader(new StudyNames(""), BodyParts.CHEST, PictureRule.NONE),
        new Placements(Pseudonymizer.demo()),
        Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), CLOCK.instant())));
  }

  /** Delivers to the end. */
  void run(TestSink sink) {
    source().deliver(sink);
  }
}

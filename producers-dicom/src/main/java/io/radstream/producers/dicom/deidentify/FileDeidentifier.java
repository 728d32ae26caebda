package io.radstream.producers.dicom.deidentify;

import io.radstream.deidentification.dicom.Action;
import io.radstream.deidentification.dicom.ConfidentialityProfile;
import io.radstream.deidentification.dicom.DataSetCleaner;
import io.radstream.deidentification.dicom.ProfileOption;
import io.radstream.deidentification.dicom.ValueCleaner;
import io.radstream.deidentification.keys.DateShift;
import io.radstream.deidentification.keys.UidMap;
import io.radstream.deidentification.pixels.PictureGuard;
import io.radstream.deidentification.pixels.PictureGuard.Look;
import io.radstream.deidentification.pixels.PictureGuard.Treatment;
import io.radstream.deidentification.text.DatePolicy;
import io.radstream.deidentification.text.Identifiers;
import io.radstream.deidentification.text.Scrubbed;
import io.radstream.deidentification.text.TextScrubber;
import io.radstream.producers.deidentify.DeidentifyStep.DateOption;
import io.radstream.producers.dicom.codec.CodecPool;
import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.DicomFile;
import io.radstream.producers.dicom.dataset.Refusals;
import io.radstream.producers.dicom.dataset.Tag;
import io.radstream.producers.dicom.dataset.TransferSyntax;
import io.radstream.producers.dicom.edit.EditableDataset;
import io.radstream.producers.dicom.examination.ChestRadiograph;
import io.radstream.producers.dicom.examination.NamedInHeader;
import io.radstream.producers.dicom.examination.StudyIdentity;
import io.radstream.producers.publish.Identifying;
import io.radstream.producers.publish.RefusedStudyException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Takes out of a DICOM file what identifies, by PS3.15 Annex E. Its study and patient have the
 * pseudonyms that publishing gives them, its dates the offset, its UIDs those of the site's key.
 * Thread-safe.
 */
public final class FileDeidentifier implements AutoCloseable {

  private static final Pattern UID = Pattern.compile("[0-9.]{1,64}");
  private static final int FIRST_GROUP = 0x0008;
  private static final int CURVES = 0x50;
  private static final int OVERLAYS = 0x60;
  private static final int PIXELS = 0x7FE0;

  private final Rules rules;
  private final ConfidentialityProfile profile;
  private final UidMap uids;
  private final Stamp stamp;
  private final TextScrubber scrubber;
  private final String settings;
  private final PictureCleaner pictures;
  private final CodecPool codecs = CodecPool.ofThisMachine();

  public FileDeidentifier(Rules rules) {
    this.rules = rules;
    this.profile = profile(rules);
    this.uids = new UidMap(rules.pseudonymizer().key());
    this.stamp = new Stamp(profile, rules.burnedIn() != Treatment.KEEP);
    this.scrubber = new TextScrubber(rules.listed());
    this.settings = rules.settings();
    this.pictures =
        new PictureCleaner(new PictureGuard(rules.burnedIn(), Look.FOR_WHOLE_PICTURES), codecs);
  }

  private static ConfidentialityProfile profile(Rules rules) {
    Set<ProfileOption> options = EnumSet.of(ProfileOption.SAFE_PRIVATE, ProfileOption.DESCRIPTORS);
    if (rules.dates() == DateOption.SHIFT) {
      options.add(ProfileOption.MODIFIED_DATES);
    }
    options.addAll(rules.retained());
    return ConfidentialityProfile.basic().with(options.toArray(ProfileOption[]::new));
  }

  /**
   * @param file a whole file as of PS3.10; never written to, and kept by what comes out
   * @throws RefusedStudyException with the reason where it is damaged, too large, not taken, or may
   *     not go out
   */
  public Deidentified deidentify(byte[] file) throws RefusedStudyException {
    DicomFile dicom = DicomFile.read(file, this::isSequence);
    Dataset header = dicom.dataset();
    require(header);
    String sopClass = uid(header, Tag.SOP_CLASS_UID);
    String instance = uids.map(uid(header, Tag.SOP_INSTANCE_UID));
    StudyIdentity identity = StudyIdentity.of(header, rules.names());
    Map<String, Long> audit = new TreeMap<>();
    EditableDataset data = EditableDataset.of(header, profile::representations);
    TransferSyntax syntax = pictures.clean(dicom, data, audit);
    data.removeEverywhere(FileDeidentifier::hasNoPlace);
    data.removeInside(tag -> tag >>> Short.SIZE == PIXELS || tag == Tag.SPECIFIC_CHARACTER_SET);
    cleaner(header, identity, audit)
        .clean(data)
        .forEach((action, count) -> add(audit, action, count));
    data.removeIdleCreators();
    String study = rules.pseudonymizer().study(identity.study());
    stamp.on(data, instance, study, rules.pseudonymizer().patient(identity.patient()));
    return new Deidentified(study, instance, sopClass, syntax, data, audit);
  }

  /** What a file is known by that was done, together with what was done to it. */
  Fingerprint fingerprint(byte[] file) {
    return Fingerprint.of(file, settings, rules.pseudonymizer().key());
  }

  /**
   * What a file's study and instance are called, without looking further into it.
   *
   * @throws RefusedStudyException where it is damaged, or names none
   */
  Named named(byte[] file) throws RefusedStudyException {
    Dataset header = DicomFile.read(file, this::isSequence).dataset();
    return new Named(
        rules.pseudonymizer().study(StudyIdentity.of(header, rules.names()).study()),
        uids.map(uid(header, Tag.SOP_INSTANCE_UID)));
  }

  /**
   * @param study pseudonym
   * @param instanceUid the new one
   */
  record Named(String study, String instanceUid) {}

  /** What is applied. */
  public ConfidentialityProfile profile() {
    return profile;
  }

  private boolean isSequence(int tag) {
    return profile.representations(tag, Optional.empty()).contains("SQ");
  }

  private void require(Dataset header) throws RefusedStudyException {
    if (rules.radiographs().isPresent()) {
      ChestRadiograph.require(header, rules.radiographs().get());
    }
    if (header.has(Tag.ENCAPSULATED_DOCUMENT) && !header.has(Tag.PIXEL_DATA)) {
      throw Refusals.undecodable("it holds a document, which cannot be looked at");
    }
  }

  private static String uid(Dataset header, int tag) throws RefusedStudyException {
    return header
        .text(tag)
        .filter(uid -> UID.matcher(uid).matches())
        .orElseThrow(
            () -> Refusals.damaged("the element %s holds no UID".formatted(Tag.text(tag))));
  }

  /** Groups of files, media and networks, and ours; curves and overlays as a whole. */
  private static boolean hasNoPlace(int tag) {
    int group = tag >>> Short.SIZE;
    int family = group >>> Byte.SIZE;
    return group < FIRST_GROUP || group == Stamp.GROUP || family == CURVES || family == OVERLAYS;
  }

  private DataSetCleaner cleaner(Dataset header, StudyIdentity identity, Map<String, Long> audit) {
    Identifying named = NamedInHeader.of(header);
    TextScrubber.StudyTexts texts =
        scrubber.study(
            new Identifiers(named.names(), named.numbers(), named.addresses(), named.birthDates()));
    DateShift shift = DateShift.of(rules.pseudonymizer().key(), identity.patient());
    DatePolicy policy =
        rules.dates() == DateOption.SHIFT
            ? new DatePolicy.Shift(shift, false)
            : new DatePolicy.Remove();
    return new DataSetCleaner(
        profile,
        new ValueCleaner(
            uids,
            shift,
            text -> counted(texts.scrub(text, policy), audit),
            text -> counted(texts.scrubOwn(text), audit)));
  }

  private static String counted(Scrubbed scrubbed, Map<String, Long> audit) {
    scrubbed
        .counts()
        .forEach((kind, count) -> audit.merge("text." + kind.label(), count, Long::sum));
    return scrubbed.text();
  }

  private static void add(Map<String, Long> audit, Action action, long count) {
    audit.merge("attribute." + action.name().toLowerCase(Locale.ROOT), count, Long::sum);
  }

  /** Ends the processes that unpack pictures. */
  @Override
  public void close() {
    codecs.close();
  }
}

package io.radstream.producers.dicom;

import io.radstream.deidentification.pixels.Origin;
import io.radstream.producers.dicom.codec.CodecPool;
import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.DicomFile;
import io.radstream.producers.dicom.dataset.DicomFiles;
import io.radstream.producers.dicom.dataset.DicomFiles.Use;
import io.radstream.producers.dicom.dataset.Refusals;
import io.radstream.producers.dicom.dataset.Tag;
import io.radstream.producers.dicom.dataset.TransferSyntax;
import io.radstream.producers.dicom.examination.Acquisition;
import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.producers.dicom.examination.ChestRadiograph;
import io.radstream.producers.dicom.examination.KnownInHeader;
import io.radstream.producers.dicom.examination.NamedInHeader;
import io.radstream.producers.dicom.examination.StudyIdentity;
import io.radstream.producers.dicom.pixels.PixelFormat;
import io.radstream.producers.dicom.pixels.Rendering;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.StudyNames;
import io.radstream.producers.publish.StudyPart;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.producers.publish.StudyPart.PixelReader;
import io.radstream.producers.publish.StudyPart.RawView;
import io.radstream.radiology.Sha256;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageDecoder.Limits;
import io.radstream.radiology.image.UnreadableImageException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads radiographs of the chest. The header is read at once; the picture when it is asked for, a
 * compressed one in a process of its own. Nothing of a file but what is in {@link Instance} leaves
 * it.
 */
public final class RadiographReader implements InstanceReader, AutoCloseable {

  /** In the audit of a part: pictures of an instance behind its first one. */
  static final String FRAMES_LEFT_OUT = "frames-left-out";

  private final StudyNames names;
  private final BodyParts accepted;
  private final PictureRule rule;
  private final DicomFiles files = DicomFiles.ofThisMachine();
  private final CodecPool codecs = CodecPool.ofThisMachine();

  /**
   * @param names of the site
   * @param accepted radiographs; others are refused
   * @param rule that each picture must pass
   */
  public RadiographReader(StudyNames names, BodyParts accepted, PictureRule rule) {
    this.names = names;
    this.accepted = accepted;
    this.rule = rule;
  }

  @Override
  public Instance read(byte[] file) throws RefusedStudyException {
    try {
      return files.with(file, dicom -> instance(file, dicom));
    } catch (OutOfMemoryError e) {
      throw noRoom();
    }
  }

  private Instance instance(byte[] file, DicomFile dicom) throws RefusedStudyException {
    Dataset header = dicom.dataset();
    ChestRadiograph.require(header, accepted);
    PixelFormat format = PixelFormat.of(header);
    String uid =
        header
            .text(Tag.SOP_INSTANCE_UID)
            .orElseThrow(() -> Refusals.damaged("the SOP instance UID (0008,0018) is missing"));
    Acquisition acquisition = Acquisition.of(header);
    Image picture = new Image.Deferred(picture(file, dicom, format, acquisition.aspect()));
    RawView view = new RawView(uid, acquisition.projection(), picture, acquisition.facts());
    return new Instance(uid, Sha256.of(file), part(header, view, format.frames()));
  }

  private StudyPart part(Dataset header, RawView view, int frames) throws RefusedStudyException {
    StudyIdentity identity = StudyIdentity.of(header, names);
    return new StudyPart(
        identity.patient(),
        identity.study(),
        List.of(view),
        Optional.empty(),
        Map.of(),
        NamedInHeader.of(header),
        frames > 1 ? Map.of(FRAMES_LEFT_OUT, frames - 1L) : Map.of(),
        KnownInHeader.of(header));
  }

  private PixelReader picture(byte[] file, DicomFile dicom, PixelFormat format, double aspect) {
    Origin origin = PictureOrigin.of(dicom.dataset());
    Use<GrayImage> shown = it -> new Rendering(codecs).render(it, format, aspect);
    PixelReader pending = pending(file, dicom, shown);
    return () -> {
      Limits.DEFAULT.check(format.columns(), format.rows());
      // Where looking at it has no memory, nothing is wrong with the file.
      return rule.judge(origin, rendered(pending));
    };
  }

  private static GrayImage rendered(PixelReader pending)
      throws UnreadableImageException, RefusedStudyException {
    try {
      return pending.read();
    } catch (OutOfMemoryError e) {
      throw noRoom();
    }
  }

  /** What was inflated is let go meanwhile: many files wait for their picture to be asked for. */
  private PixelReader pending(byte[] file, DicomFile dicom, Use<GrayImage> shown) {
    return dicom.syntax() == TransferSyntax.DEFLATED
        ? () -> files.with(file, shown)
        : () -> shown.of(dicom);
  }

  /** One file may ask for more than there is; the others are none the worse for it. */
  private static RefusedStudyException noRoom() {
    return Refusals.tooLarge(
        "Java's heap of %d MiB has no room for it: give it more with -Xmx"
            .formatted(Runtime.getRuntime().maxMemory() >> 20));
  }

  @Override
  public void close() {
    codecs.close();
  }
}

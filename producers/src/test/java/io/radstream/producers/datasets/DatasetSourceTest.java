package io.radstream.producers.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.producers.datasets.DatasetSource.Selection;
import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Receipt;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.SourceItem;
import io.radstream.producers.publish.StudyPart;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.radiology.image.UnreadableImageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What all sets have in common, shown on the smallest of their layouts. */
class DatasetSourceTest {

  private static final int PATIENTS = 40;
  private static final NihChestXray14 NIH = new NihChestXray14();

  /** Takes so many consignments, and remembers their marks as a cluster does. */
  private static final class Cluster implements PartSink {
    private final Map<String, String> marks = new HashMap<>();
    private final List<SourceItem> items = new ArrayList<>();
    private int room;

    Cluster with(int consignments) {
      room = consignments;
      items.clear();
      return this;
    }

    @Override
    public void accept(Consignment consignment, Receipt receipt) {
      items.addAll(consignment.items());
      consignment.marks().forEach(mark -> marks.put(mark.key(), mark.value()));
      room--;
    }

    @Override
    public Optional<String> recall(String key) {
      return Optional.ofNullable(marks.get(key));
    }

    @Override
    public boolean isOpen() {
      return room > 0;
    }

    List<String> studies() {
      return items.stream().map(item -> ((SourceItem.Found) item).part().study()).toList();
    }
  }

  @TempDir private Path root;
  private DatasetTree tree;

  @BeforeEach
  void layOut() throws IOException {
    List<String> rows = new ArrayList<>();
    rows.add(
        "Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,View"
            + " Position,OriginalImage[Width,Height],OriginalImagePixelSpacing[x,y]");
    for (int patient = 1; patient <= PATIENTS; patient++) {
      for (int study = 0; study <= patient % 3; study++) {
        rows.add(
            "%08d_%03d.png,Mass,%d,%d,58,M,PA,2682,2749,0.1,0.1"
                .formatted(patient, study, study, patient));
      }
    }
    tree =
        new DatasetTree(root)
            .text("Data_Entry_2017_v2020.csv", rows.toArray(String[]::new))
            .text("train_val_list.txt", "00000001_000.png")
            .text("test_list.txt")
            .text("BBox_List_2017.csv", "Image Index,Finding Label,Bbox [x,y,w,h],,,")
            .picture("images/00000001_000.png", 64);
  }

  @Test
  void shouldDrawAllStudiesOfSomePatients() throws IOException {
    List<StudyPart> all = tree.parts(NIH);

    List<StudyPart> sample = tree.parts(NIH, sample(20, 5));

    assertThat(sample.size()).isBetween(20, 22);
    Set<String> patients = sample.stream().map(StudyPart::patient).collect(Collectors.toSet());
    assertThat(studies(sample))
        .isEqualTo(studies(all.stream().filter(it -> patients.contains(it.patient())).toList()));
  }

  @Test
  void shouldDrawTheSameAgainAndMoreIntoTheBargain() throws IOException {
    List<String> sample = studies(tree.parts(NIH, sample(20, 5)));

    assertThat(studies(tree.parts(NIH, sample(20, 5)))).isEqualTo(sample);
    assertThat(studies(tree.parts(NIH, sample(40, 5)))).containsAll(sample);
    assertThat(studies(tree.parts(NIH, sample(20, 6)))).isNotEqualTo(sample);
    assertThat(tree.parts(NIH, sample(1_000_000, 5))).hasSameSizeAs(tree.parts(NIH));
  }

  @Test
  void shouldGoOnWhereTheClusterHadAcknowledged() throws IOException {
    List<String> all = studies(tree.parts(NIH));
    Cluster cluster = new Cluster();
    try (DatasetSource first = DatasetSource.open(NIH, root, Selection.ALL)) {
      first.deliver(cluster.with(30));
    }
    List<String> sent = new ArrayList<>(cluster.studies());

    try (DatasetSource second = DatasetSource.open(NIH, root, Selection.ALL)) {
      second.deliver(cluster.with(1000));

      assertThat(second.passedOver()).isEqualTo(30);
    }
    sent.addAll(cluster.studies());
    assertThat(sent).isEqualTo(all);
  }

  @Test
  void shouldSendAgainWhatTheTablesTellAnew() throws IOException {
    Cluster cluster = new Cluster();
    try (DatasetSource first = DatasetSource.open(NIH, root, Selection.ALL)) {
      first.deliver(cluster.with(1000));
    }
    Path table = root.resolve("Data_Entry_2017_v2020.csv");
    String changed =
        Files.readString(table, StandardCharsets.UTF_8)
            .replace("00000003_000.png,Mass", "00000003_000.png,Nodule");
    Files.write(table, changed.getBytes(StandardCharsets.UTF_8));

    try (DatasetSource second = DatasetSource.open(NIH, root, Selection.ALL)) {
      second.deliver(cluster.with(1000));
    }

    assertThat(cluster.studies()).containsExactly("nih-chestxray14/00000003_000.png");
  }

  @Test
  void shouldRememberNothingThatNamesAPatient() throws IOException {
    Cluster cluster = new Cluster();

    try (DatasetSource source = DatasetSource.open(NIH, root, Selection.ALL)) {
      source.deliver(cluster.with(1000));
    }

    assertThat(new HashSet<>(cluster.marks.values())).allMatch(it -> it.matches("[0-9a-f]{32}"));
  }

  @Test
  void shouldRefuseADamagedOrMissingPictureWhenItIsRead() throws Exception {
    List<StudyPart> parts = tree.parts(NIH);
    Path file = root.resolve("images/00000001_000.png");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 60));

    assertThatThrownBy(() -> image(parts.get(0)).reader().read())
        .isInstanceOf(UnreadableImageException.class);
    assertThatThrownBy(() -> image(parts.get(1)).reader().read())
        .isInstanceOf(RefusedStudyException.class)
        .hasMessage("image 1: the file does not exist");
  }

  @Test
  void shouldNotFollowNamesAndLinksOutOfTheDirectory(@TempDir Path outside) throws Exception {
    Files.write(outside.resolve("x.png"), DatasetTree.png(40));
    Files.createSymbolicLink(root.resolve("images/00000001_001.png"), outside.resolve("x.png"));
    tree.text(
        "Data_Entry_2017_v2020.csv",
        "Image Index,Finding Labels,Follow-up #,Patient ID,View Position",
        "../../%s/x.png,Mass,0,1,PA".formatted(outside.getFileName()),
        "00000001_001.png,Mass,1,1,PA");

    List<StudyPart> parts = tree.parts(NIH);

    assertThat(parts)
        .allSatisfy(
            part ->
                assertThatThrownBy(() -> image(part).reader().read())
                    .isInstanceOf(RefusedStudyException.class)
                    .hasMessage("image 1: the file lies outside the directory of the set"));
  }

  @Test
  void shouldSayThatThereIsNoDirectory() {
    assertThatThrownBy(() -> DatasetSource.open(NIH, root.resolve("none"), Selection.ALL))
        .isInstanceOf(NoSuchFileException.class);
  }

  private static Selection sample(long studies, long seed) {
    return new Selection(Optional.empty(), Optional.of(new Sample(studies, seed)));
  }

  private static List<String> studies(List<StudyPart> parts) {
    return parts.stream().map(StudyPart::study).toList();
  }

  private static Image.Deferred image(StudyPart part) {
    return (Image.Deferred) part.views().get(0).image();
  }
}

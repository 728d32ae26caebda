package io.radstream.cli;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import ai.djl.Device;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.radstream.model.engine.ComputeDevice;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which way imports point; the page on design draws the same picture. */
class ModuleEdgesTest {

  private static final JavaClasses RADSTREAM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.radstream");

  private enum Module {
    SCHEMAS("schemas"),
    RADIOLOGY("radiology"),
    DEIDENTIFICATION("deidentification"),
    MODEL("model"),
    EVALUATION("evaluation"),
    EXPERIMENTS("experiments"),
    OBJECTS("objects"),
    CHECKPOINTS("checkpoints"),
    PRODUCERS("producers"),
    RESULTS("results"),
    TRACKING("tracking"),
    STREAMS("streams"),
    TRAINER("trainer"),
    SERVING("serving"),
    CLI("cli");

    private final String name;

    Module(String name) {
      this.name = name;
    }

    private Set<Module> mayImport() {
      return switch (this) {
        case SCHEMAS, RADIOLOGY, EVALUATION, OBJECTS -> Set.of();
        case DEIDENTIFICATION -> Set.of(RADIOLOGY);
        case MODEL, EXPERIMENTS -> Set.of(EVALUATION);
        case CHECKPOINTS -> Set.of(RADIOLOGY, MODEL, EVALUATION, OBJECTS);
        case PRODUCERS -> Set.of(SCHEMAS, RADIOLOGY, DEIDENTIFICATION, OBJECTS);
        case RESULTS -> Set.of(SCHEMAS, PRODUCERS);
        case TRACKING -> Set.of(SCHEMAS);
        case STREAMS -> Set.of(SCHEMAS, RADIOLOGY);
        case TRAINER, SERVING ->
            Set.of(SCHEMAS, RADIOLOGY, MODEL, EVALUATION, CHECKPOINTS, OBJECTS);
        case CLI -> EnumSet.allOf(Module.class);
      };
    }

    String packages() {
      return "io.radstream." + name + "..";
    }

    String[] forbidden() {
      Set<Module> forbidden = EnumSet.allOf(Module.class);
      forbidden.removeAll(mayImport());
      forbidden.remove(this);
      return forbidden.stream().map(Module::packages).toArray(String[]::new);
    }
  }

  /** Of the module {@code model}, from below to above; the facades at its root see all of them. */
  private enum Room {
    CONFIG,
    ENGINE,
    KERNELS,
    LAYERS,
    WEIGHTS,
    NETWORK,
    OBJECTIVE,
    EXPLICIT,
    TRAINING,
    GENERATION,
    EXPLAIN,
    PRETRAINED,
    MEASURE;

    private static final String ROOT = "io.radstream.model";

    private Set<Room> mayLookInto() {
      return switch (this) {
        case CONFIG, ENGINE, KERNELS -> Set.of();
        case LAYERS -> Set.of(CONFIG, ENGINE);
        case WEIGHTS -> Set.of(CONFIG, LAYERS);
        case NETWORK -> Set.of(CONFIG, ENGINE, LAYERS, WEIGHTS);
        case OBJECTIVE -> Set.of(CONFIG, ENGINE, LAYERS, NETWORK);
        case EXPLICIT -> Set.of(CONFIG, ENGINE, KERNELS, LAYERS, NETWORK, OBJECTIVE);
        case TRAINING -> Set.of(CONFIG, ENGINE, KERNELS, WEIGHTS, NETWORK, OBJECTIVE, EXPLICIT);
        case GENERATION -> Set.of(CONFIG, ENGINE, LAYERS, NETWORK);
        case EXPLAIN -> Set.of(CONFIG, ENGINE, LAYERS, WEIGHTS, NETWORK);
        case PRETRAINED, MEASURE -> Set.of(CONFIG, ENGINE, LAYERS, WEIGHTS, NETWORK, OBJECTIVE);
      };
    }

    String packages() {
      return ROOT + "." + name().toLowerCase(Locale.ROOT) + "..";
    }

    String[] forbidden() {
      Set<Room> forbidden = EnumSet.allOf(Room.class);
      forbidden.removeAll(mayLookInto());
      forbidden.remove(this);
      return Stream.concat(Stream.of(ROOT), forbidden.stream().map(Room::packages))
          .toArray(String[]::new);
    }
  }

  /** Of the module {@code trainer}, from below to above; nothing is at its root. */
  private enum TrainerRoom {
    CONFIG,
    TIMING,
    KAFKA,
    TUPLES,
    LABELS,
    AUGMENT,
    FEED,
    LEDGER,
    CHECKPOINT,
    DRIFT,
    LINEAGE,
    FIGURES,
    DATA,
    VALIDATION,
    TESTING,
    TRAITS,
    RANKS,
    RUN,
    SHARE,
    REPLAY,
    BISECT;

    private Set<TrainerRoom> mayLookInto() {
      return switch (this) {
        case CONFIG, TIMING -> Set.of();
        case KAFKA -> Set.of(CONFIG);
        case TUPLES -> Set.of(CONFIG, KAFKA);
        case LABELS -> Set.of(CONFIG, TUPLES);
        case AUGMENT -> Set.of(CONFIG, TIMING);
        case FEED -> Set.of(CONFIG, TIMING, TUPLES, LABELS, AUGMENT);
        case LEDGER -> Set.of(KAFKA, TUPLES, AUGMENT, FEED);
        case CHECKPOINT -> Set.of(CONFIG, TUPLES, FEED, LEDGER);
        case DRIFT -> Set.of(CONFIG, AUGMENT, FEED);
        case LINEAGE -> Set.of(CONFIG, KAFKA, TUPLES, LEDGER);
        case FIGURES -> Set.of(CONFIG, TIMING, FEED);
        case DATA ->
            Set.of(CONFIG, TIMING, KAFKA, TUPLES, LABELS, AUGMENT, FEED, LEDGER, CHECKPOINT);
        case VALIDATION -> Set.of(FIGURES, DATA);
        case TESTING -> Set.of(CONFIG, TIMING, KAFKA, TUPLES, LABELS, AUGMENT, CHECKPOINT);
        case TRAITS -> Set.of(KAFKA, TUPLES, FEED);
        case RANKS -> Set.of(TUPLES, FEED);
        case RUN ->
            EnumSet.complementOf(EnumSet.of(LINEAGE, TESTING, TRAITS, SHARE, REPLAY, BISECT));
        case SHARE ->
            EnumSet.complementOf(EnumSet.of(DRIFT, LINEAGE, TESTING, TRAITS, REPLAY, BISECT));
        case REPLAY -> EnumSet.complementOf(EnumSet.of(DRIFT, LINEAGE, TESTING, SHARE, BISECT));
        case BISECT -> EnumSet.complementOf(EnumSet.of(DRIFT, LINEAGE, TESTING, SHARE));
      };
    }

    String packages() {
      return "io.radstream.trainer." + name().toLowerCase(Locale.ROOT) + "..";
    }

    String[] forbidden() {
      Set<TrainerRoom> forbidden = EnumSet.allOf(TrainerRoom.class);
      forbidden.removeAll(mayLookInto());
      forbidden.remove(this);
      return forbidden.stream().map(TrainerRoom::packages).toArray(String[]::new);
    }
  }

  @ParameterizedTest
  @EnumSource(Room.class)
  void shouldLookOnlyIntoTheRoomsBelow(Room room) {
    noClasses()
        .that()
        .resideInAPackage(room.packages())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(room.forbidden())
        .check(RADSTREAM);
  }

  @Test
  void shouldHaveNoClassOfTheModelOutsideItsRooms() {
    String[] rooms = EnumSet.allOf(Room.class).stream().map(Room::packages).toArray(String[]::new);

    classes()
        .that()
        .resideInAPackage(Module.MODEL.packages())
        .and()
        .resideOutsideOfPackage(Room.ROOT)
        .should()
        .resideInAnyPackage(rooms)
        .check(RADSTREAM);
  }

  @Test
  void shouldKeepTheInsideOfTheModelToItself() {
    noClasses()
        .that()
        .resideOutsideOfPackage(Module.MODEL.packages())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(Room.LAYERS.packages(), Room.WEIGHTS.packages())
        .check(RADSTREAM);
  }

  @ParameterizedTest
  @EnumSource(TrainerRoom.class)
  void shouldLookOnlyIntoTheRoomsBelowInTheTrainer(TrainerRoom room) {
    noClasses()
        .that()
        .resideInAPackage(room.packages())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(room.forbidden())
        .check(RADSTREAM);
  }

  @Test
  void shouldHaveNoClassOfTheTrainerOutsideItsRooms() {
    String[] rooms =
        EnumSet.allOf(TrainerRoom.class).stream().map(TrainerRoom::packages).toArray(String[]::new);

    classes()
        .that()
        .resideInAPackage(Module.TRAINER.packages())
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .resideInAnyPackage(rooms)
        .check(RADSTREAM);
  }

  @ParameterizedTest
  @EnumSource(value = Module.class, mode = EnumSource.Mode.EXCLUDE, names = "CLI")
  void shouldImportOnlyTheModulesBelow(Module module) {
    noClasses()
        .that()
        .resideInAPackage(module.packages())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(module.forbidden())
        .check(RADSTREAM);
  }

  @Test
  void shouldHaveNoCyclesBetweenPackages() {
    slices().matching("io.radstream.(**)").should().beFreeOfCycles().check(RADSTREAM);
  }

  @Test
  void shouldKeepKafkaOutOfWhatKnowsNoTopics() {
    noClasses()
        .that()
        .resideInAnyPackage(
            Module.RADIOLOGY.packages(),
            Module.DEIDENTIFICATION.packages(),
            Module.MODEL.packages(),
            Module.EVALUATION.packages(),
            Module.EXPERIMENTS.packages(),
            Module.OBJECTS.packages(),
            Module.CHECKPOINTS.packages())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "kafka..", "org.apache.avro..")
        .check(RADSTREAM);
  }

  @Test
  void shouldUnpackPicturesByNativeCodeOnlyInProcessesForIt() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.radstream.producers.dicom.codec..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.opencv..")
        .check(RADSTREAM);
  }

  @Test
  void shouldTouchTensorsOnlyInTheModel() {
    noClasses()
        .that()
        .resideOutsideOfPackage(Module.MODEL.packages())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "ai.djl.engine..", "ai.djl.ndarray..", "ai.djl.nn..", "ai.djl.pytorch..")
        .check(RADSTREAM);
  }

  @Test
  void shouldMakeDevicesAndTheirManagersOnlyInTheEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackage(Room.ENGINE.packages())
        .should()
        .callMethodWhere(
            target(owner(type(Device.class))).and(target(nameMatching("cpu|gpu|of|fromName"))))
        .orShould()
        .callMethodWhere(target(name("newBaseManager")))
        .check(RADSTREAM);
  }

  /** Whatever computes is given its device, and looks for none. */
  @Test
  void shouldLookForADeviceOnlyWhereOneIsChosenOrNamed() {
    noClasses()
        .that()
        .resideOutsideOfPackage(Room.ENGINE.packages())
        .and()
        .doNotBelongToAnyOf(MachineChecks.class)
        .should()
        .callMethodWhere(
            target(owner(type(ComputeDevice.class))).and(target(nameMatching("best|cuda"))))
        .check(RADSTREAM);
  }

  @Test
  void shouldSpeakToTheRegistryOnlyInSchemasAndCli() {
    classes()
        .that()
        .resideInAPackage("io.radstream..")
        .and()
        .resideOutsideOfPackages(Module.SCHEMAS.packages(), Module.CLI.packages())
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackage("io.confluent..")
        .check(RADSTREAM);
  }

  @Test
  void shouldHoldTheBrokerOnlyInTheEmbeddedCluster() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.radstream.cli.embedded..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("kafka..")
        .check(RADSTREAM);
  }
}

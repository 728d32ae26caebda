package io.radstream.checkpoints;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The forms that the text of a run's settings has had, and how each becomes the next: with what the
 * program did when there was no such setting. Texts of before the tenth form do not say which they
 * have; an upgrade therefore changes nothing that is there already.
 */
public final class SettingsForm {

  /** Which form the settings have. */
  public static final String VERSION = "formatVersion";

  /** Which version of the program wrote them. */
  public static final String WRITER = "writtenBy";

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final JsonNode WEIGHT = parse("{'languageWeight': 1.0}");

  private static final JsonNode OBJECTIVES =
      parse(
          "{'model': {'radiograph': {'activation': 'RELU', 'positions': 'CONCATENATED',"
              + " 'recurrence': 'CONCATENATED'}, 'fusion': {'kind': 'SOFTMAX'},"
              + " 'report': {'activation': 'RELU', 'positions': 'SINUSOIDAL'},"
              + " 'objectives': {'contrastive': 1.0, 'labels': 0.0, 'studyToReport': 1.0,"
              + " 'languageMean': 'REPORT'}, 'findings': []},"
              + " 'optimizer': {'lookahead': {'every': 0, 'alpha': 0.5},"
              + " 'freeze': {'radiographLayers': 0, 'textLayers': 0}},"
              + " 'compute': {'precision': 'FLOAT32', 'microBatch': 0}}");

  /** From the first form to the second, from the second to the third, and so on. */
  private static final List<Consumer<ObjectNode>> UPGRADES =
      List.of(
          SettingsForm::weighLanguage,
          SettingsForm::nameObjectives,
          adding("{'initial': {'radiograph': '', 'text': ''}}"),
          adding("{'initial': {'checkpoint': ''}}"),
          adding(
              "{'schedule': {'shape': 'COSINE'}, 'sources': [], 'ledger': {'weightsEvery': 10},"
                  + " 'follow': {'on': false, 'replayRatio': 0.5, 'replayWindow': 10000,"
                  + " 'onLag': 'TRAIN_ALL', 'maxLag': 10000}}"),
          adding("{'checkpoint': {'keepEvery': 0}}"),
          adding("{'drift': {'window': 200, 'reference': 1000, 'threshold': 6.0}}"),
          adding("{'data': {'viewCache': '', 'viewCacheMegabytes': 65536}}"),
          adding("{'initial': {'partial': true}}"),
          adding("{'labels': {'verdicts': 'LEAVE_OUT'}}"),
          adding("{'labels': {'studies': 'ALL', 'share': 1.0, 'draw': 0}}"),
          adding("{'optimizer': {'kind': 'SGD', 'freeze': {'allButHeads': false}}}"),
          adding("{'model': {'objectives': {'restoration': {'context': 0.0, 'genesis': 0.0}}}}"),
          adding("{'checkpoint': {'best': 'LOSS'}}"),
          adding(
              "{'model': {'radiograph': {'encoder': 'TRANSFORMER', 'residual':"
                  + " {'blocks': [2, 2, 2, 2], 'bottleneck': false, 'width': 64}}}}"),
          adding(
              "{'model': {'objectives': {'comparison': {'weight': 0.0, 'width': 128,"
                  + " 'queue': 16384, 'momentum': 0.999, 'temperature': 0.07}}}}"),
          adding("{'model': {'objectives': {'contrast': 'SOFTMAX', 'contrastBias': -10.0}}}"),
          adding(
              "{'model': {'objectives': {'masked': {'pictures': 0.0, 'reports': 0.0,"
                  + " 'patchShare': 0.75, 'tokenShare': 0.5, 'pictureLayers': 4,"
                  + " 'reportLayers': 6, 'normalised': true}}}}"),
          adding("{'model': {'objectives': {'restoration': {'words': 0.0}}}}"),
          adding("{'compute': {'program': 'EAGER'}}"),
          adding("{'compute': {'shards': 1}}"),
          adding("{'compute': {'reduction': 'EXACT', 'gradients': 'FLOAT32'}}"),
          adding("{'data': {'views': 'PUBLISHED'}}"));

  public static final int NEWEST = UPGRADES.size() + 1;

  private SettingsForm() {}

  /** Says which form the settings have, and who wrote them. */
  public static ObjectNode marked(ObjectNode settings) {
    ObjectNode marked = JSON.createObjectNode();
    marked.put(VERSION, NEWEST);
    marked.put(WRITER, program());
    marked.setAll(settings);
    return marked;
  }

  /**
   * The same settings in the newest form, without the marks.
   *
   * @throws NewerSettingsException where this version of the program does not know their form
   * @throws IllegalArgumentException where they are none
   */
  public static ObjectNode newest(JsonNode settings) {
    if (!(settings instanceof ObjectNode written)) {
      throw new IllegalArgumentException("it is no object");
    }
    int form = written.path(VERSION).asInt(1);
    if (form < 1) {
      throw new IllegalArgumentException("%s %d".formatted(VERSION, form));
    }
    if (form > NEWEST) {
      throw new NewerSettingsException(
          "these settings have form %d and were written by radstream %s; radstream %s knows forms up to %d: use that version or a newer one"
              .formatted(form, written.path(WRITER).asText("?"), program(), NEWEST));
    }
    ObjectNode upgraded = written.deepCopy();
    upgraded.remove(List.of(VERSION, WRITER));
    UPGRADES.subList(form - 1, UPGRADES.size()).forEach(upgrade -> upgrade.accept(upgraded));
    return upgraded;
  }

  private static String program() {
    return Optional.ofNullable(SettingsForm.class.getPackage().getImplementationVersion())
        .orElse("unpackaged");
  }

  private static Consumer<ObjectNode> adding(String settings) {
    JsonNode added = parse(settings);
    return written -> complete(written, added);
  }

  /** Both losses counted the same. */
  private static void weighLanguage(ObjectNode written) {
    if (written.get("model") instanceof ObjectNode model && !model.has("objectives")) {
      complete(model, WEIGHT);
    }
  }

  /** One vocabulary became two, and three weights became objectives. */
  private static void nameObjectives(ObjectNode written) {
    if (written.get("model") instanceof ObjectNode model && !model.has("objectives")) {
      ObjectNode objectives = model.putObject("objectives");
      copy(model, "vocabulary", model.get("report"), "vocabulary");
      copy(model, "vocabulary", model.get("text"), "vocabulary");
      copy(model, "temperature", objectives, "temperature");
      copy(model, "languageWeight", objectives, "language");
      model.remove(List.of("vocabulary", "temperature", "languageWeight"));
    }
    complete(written, OBJECTIVES);
  }

  private static void copy(ObjectNode from, String name, JsonNode to, String as) {
    if (from.has(name) && to instanceof ObjectNode section) {
      section.set(as, from.get(name));
    }
  }

  private static void complete(ObjectNode written, JsonNode added) {
    added
        .properties()
        .forEach(
            setting -> {
              JsonNode there = written.get(setting.getKey());
              if (there == null) {
                written.set(setting.getKey(), setting.getValue().deepCopy());
              } else if (there instanceof ObjectNode section && setting.getValue().isObject()) {
                complete(section, setting.getValue());
              }
            });
  }

  private static JsonNode parse(String settings) {
    try {
      return JSON.readTree(settings.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an upgrade is always JSON", e);
    }
  }
}

package io.radstream.trainer.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.radstream.checkpoints.SettingsForm;
import io.radstream.trainer.config.ConfigTree.Path;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Settings from a preset, then a YAML file, then single overrides; the later wins. */
public final class RunConfigReader {

  private final ObjectMapper yaml = new YAMLMapper();
  private final ObjectMapper json =
      JsonMapper.builder()
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .build();

  /**
   * @param preset what holds where nothing else is said
   * @param file YAML with any of the keys of {@link RunConfig}, or a checkpoint's {@code
   *     config.json}
   * @param overrides {@code key.path=value}
   * @throws InvalidConfigException where a key does not exist or a value does not fit; the message
   *     names the key, and the keys that there are
   */
  public RunConfig read(
      RunConfig preset, Optional<java.nio.file.Path> file, List<String> overrides) {
    ConfigTree tree =
        new ConfigTree(json.<ObjectNode>valueToTree(preset), Map.of("sources", source()));
    file.ifPresent(path -> tree.merge(inNewestForm(parseFile(path))));
    overrides.forEach(override -> set(tree, override));
    return toConfig(tree.root());
  }

  /** A checkpoint's {@code config.json} is a file of settings too. */
  private static JsonNode inNewestForm(JsonNode settings) {
    return settings.has(SettingsForm.VERSION) ? RunConfig.newest(settings) : settings;
  }

  private ObjectNode source() {
    return json.valueToTree(new SourceConfig(SourceConfig.OWN, 1, "", ""));
  }

  private JsonNode parseFile(java.nio.file.Path file) {
    try {
      return yaml.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new InvalidConfigException(file + " is not YAML: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new InvalidConfigException("cannot read the configuration file " + file, e);
    }
  }

  private void set(ConfigTree tree, String override) {
    int equals = override.indexOf('=');
    if (equals < 1) {
      throw new InvalidConfigException("expected key.path=value, found: " + override);
    }
    String key = override.substring(0, equals).strip();
    try {
      tree.set(Path.of(key), yaml.readTree(override.substring(equals + 1)));
    } catch (JsonProcessingException e) {
      throw new InvalidConfigException("the value of " + key + " is not YAML", e);
    }
  }

  private RunConfig toConfig(ObjectNode root) {
    try {
      return json.treeToValue(root, RunConfig.class);
    } catch (InvalidFormatException e) {
      throw noneOf(e);
    } catch (JsonProcessingException e) {
      // Jackson wraps what a record's constructor refused; that message already names the key.
      String message =
          e.getCause() instanceof IllegalArgumentException refused
              ? refused.getMessage()
              : e.getOriginalMessage();
      throw new InvalidConfigException(message, e);
    }
  }

  /** All other kinds of value were compared with the preset's. */
  private static InvalidConfigException noneOf(InvalidFormatException e) {
    String key =
        e.getPath().stream()
            .map(JsonMappingException.Reference::getFieldName)
            .collect(Collectors.joining("."));
    String values =
        Arrays.stream(e.getTargetType().getEnumConstants())
            .map(value -> value.toString().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return new InvalidConfigException(
        "wrong value for configuration key %s: \"%s\" is none of %s"
            .formatted(key, e.getValue(), values),
        e);
  }
}

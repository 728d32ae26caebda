package io.radstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What stands under {@code docker/kubernetes}.
 *
 * @param resources as Kubernetes would get them
 */
record KubernetesFiles(List<JsonNode> resources) {

  private static final String FOLDER = "docker/kubernetes/";

  /** What every cluster gets. */
  static KubernetesFiles base() throws IOException {
    return in("base");
  }

  /** That, and what is done once. */
  static KubernetesFiles all() throws IOException {
    return new KubernetesFiles(
        Stream.of(base(), in("phantoms"), in("tokenizer"))
            .flatMap(files -> files.resources().stream())
            .toList());
  }

  /** Also parts of resources, which overlays put in the place of others. */
  static KubernetesFiles withPatches() throws IOException {
    List<JsonNode> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(path("overlays"))) {
      files.filter(KubernetesFiles::isResource).sorted().forEach(file -> found.addAll(read(file)));
    }
    found.addAll(all().resources());
    return new KubernetesFiles(found);
  }

  static Path path(String name) {
    return ProjectFiles.path(FOLDER + name);
  }

  /** The documents of a text in YAML. */
  static List<JsonNode> documents(String text) {
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> documents = new ArrayList<>();
    new Yaml(new SafeConstructor(new LoaderOptions()))
        .loadAll(text)
        .forEach(document -> documents.add(mapper.valueToTree(document)));
    return documents.stream().filter(JsonNode::isObject).toList();
  }

  private static KubernetesFiles in(String folder) throws IOException {
    try (Stream<Path> files = Files.list(path(folder))) {
      return new KubernetesFiles(
          files
              .filter(KubernetesFiles::isResource)
              .sorted()
              .flatMap(file -> read(file).stream())
              .toList());
    }
  }

  private static List<JsonNode> read(Path file) {
    return documents(ProjectFiles.read(file));
  }

  private static boolean isResource(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".yaml") && !name.equals("kustomization.yaml");
  }

  static String name(JsonNode resource) {
    return resource.at("/metadata/name").asText();
  }

  Stream<JsonNode> of(String kind) {
    return resources.stream().filter(it -> it.path("kind").asText().equals(kind));
  }

  List<String> names(String kind) {
    return of(kind).map(KubernetesFiles::name).toList();
  }

  /**
   * @throws AssertionError where there is none
   */
  JsonNode one(String kind, String name) {
    return of(kind)
        .filter(it -> name(it).equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
  }

  /** Those that make pods. */
  Stream<JsonNode> workloads() {
    return resources.stream().filter(it -> it.at("/spec/template/spec/containers").isArray());
  }

  /** The one container of a workload that goes on. */
  static JsonNode container(JsonNode workload) {
    return workload.at("/spec/template/spec/containers/0");
  }
}

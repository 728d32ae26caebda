import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Lists the jars of others with the licence of each, and lays beside it the texts that they bring.
 *
 * <p>Licences of libraries are those of the bill of materials; the jars of the registry are not in
 * it, and are asked themselves.
 */
final class Licences {

  private static final String UNKNOWN = "not told by the jar";
  private static final Pattern TEXT =
      Pattern.compile(
          "(META-INF/)?(LICEN[SC]E|NOTICE|COPYING|COPYRIGHT)[^/]*", Pattern.CASE_INSENSITIVE);
  private static final Pattern POM_LICENCE =
      Pattern.compile("<license>.*?<name>\\s*(.*?)\\s*</name>", Pattern.DOTALL);

  private static final Pattern APACHE =
      Pattern.compile("Apache License\\s+Version 2\\.0, January 2004");

  private final Path texts;
  private final Map<String, String> known;

  private Licences(Path texts, Map<String, String> known) {
    this.texts = texts;
    this.known = known;
  }

  /** Bill of materials, directory of libraries, directory of the registry, where to write. */
  public static void main(String[] args) throws IOException {
    Path out = Path.of(args[3]);
    Licences licences = new Licences(out.resolve("texts"), ofBill(Path.of(args[0])));
    List<String> page = new ArrayList<>();
    page.add("# Licences of what Radstream brings");
    page.add("");
    page.add("Radstream itself is under LICENSE, with NOTICE. A jar's own texts lie in texts/.");
    page.add("The registry is Apicurio Registry (Apache-2.0), with its jars, as its makers ship it.");
    page.add("");
    page.add("| jar | licence |");
    page.add("|---|---|");
    for (Path folder : List.of(Path.of(args[1]), Path.of(args[2]))) {
      for (Path jar : jarsOf(folder)) {
        if (jar.endsWith("radstream.jar")) {
          continue;
        }
        page.add("| `%s` | %s |".formatted(folder.getParent().relativize(jar), licences.take(jar)));
      }
    }
    Files.createDirectories(out);
    Files.write(out.resolve("THIRD-PARTY.md"), page);
  }

  private static List<Path> jarsOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  /** By the name of a jar without its classifier. */
  private static Map<String, String> ofBill(Path bill) throws IOException {
    Map<String, String> known = new HashMap<>();
    for (JsonNode component : new ObjectMapper().readTree(bill.toFile()).path("components")) {
      String licences =
          StreamSupport.stream(component.path("licenses").spliterator(), false)
              .map(Licences::nameOf)
              .collect(Collectors.joining(", "));
      if (!licences.isEmpty()) {
        known.put(
            component.path("name").asText() + "-" + component.path("version").asText(), licences);
      }
    }
    return known;
  }

  private static String nameOf(JsonNode choice) {
    JsonNode licence = choice.path("license");
    return Stream.of(choice.path("expression"), licence.path("id"), licence.path("name"))
        .map(JsonNode::asText)
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElse(UNKNOWN);
  }

  private String take(Path file) throws IOException {
    String name = file.getFileName().toString().replaceAll("\\.jar$", "");
    try (JarFile jar = new JarFile(file.toFile())) {
      for (JarEntry entry : entries(jar)) {
        if (TEXT.matcher(entry.getName()).matches() && !entry.isDirectory()) {
          copy(jar, entry, texts.resolve(name));
        }
      }
      String longest = "";
      for (String candidate : known.keySet()) {
        if ((name + "-").startsWith(candidate + "-") && candidate.length() > longest.length()) {
          longest = candidate;
        }
      }
      return longest.isEmpty() ? toldBy(jar) : known.get(longest);
    }
  }

  private void copy(JarFile jar, JarEntry entry, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path text = folder.resolve(Path.of(entry.getName()).getFileName().toString());
    if (!Files.exists(text)) {
      try (InputStream in = jar.getInputStream(entry)) {
        Files.copy(in, text);
      }
    }
  }

  private static String toldBy(JarFile jar) throws IOException {
    TreeSet<String> told = new TreeSet<>();
    for (JarEntry entry : entries(jar)) {
      if (entry.getName().matches("META-INF/maven/.*/pom\\.xml")) {
        String pom = new String(jar.getInputStream(entry).readAllBytes(), UTF_8);
        POM_LICENCE.matcher(pom).results().forEach(licence -> told.add(licence.group(1)));
      }
    }
    if (told.isEmpty() && jar.getManifest() != null) {
      String bundle = jar.getManifest().getMainAttributes().getValue("Bundle-License");
      if (bundle != null) {
        told.add(bundle);
      }
    }
    if (told.isEmpty() && isApache(jar)) {
      told.add("Apache-2.0");
    }
    return told.isEmpty() ? UNKNOWN : String.join(", ", told).replaceAll("\\s+", " ");
  }

  private static boolean isApache(JarFile jar) throws IOException {
    for (JarEntry entry : entries(jar)) {
      if (TEXT.matcher(entry.getName()).matches() && entry.getName().contains("LICENSE")) {
        String text = new String(jar.getInputStream(entry).readAllBytes(), UTF_8);
        if (APACHE.matcher(text).find()) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<JarEntry> entries(JarFile jar) {
    List<JarEntry> entries = new ArrayList<>();
    Enumeration<JarEntry> all = jar.entries();
    while (all.hasMoreElements()) {
      entries.add(all.nextElement());
    }
    return entries;
  }
}

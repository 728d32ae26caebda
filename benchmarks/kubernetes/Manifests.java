import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.yaml.snakeyaml.Yaml;

/** Does with the manifests what Strimzi's operators and a kubelet would; ./run calls it. */
final class Manifests {

  private Manifests() {}

  /**
   * {@code cluster BASE ADMIN} makes topics and rights; {@code file FILE KIND NAME KEY} prints a
   * file of a ConfigMap; {@code pod FILE KIND NAME USER [FROM=>TO...]} prints commands that mount
   * what a pod mounts, and start its program, with arguments changed.
   */
  public static void main(String[] words) throws Exception {
    switch (words[0]) {
      case "cluster" -> cluster(Path.of(words[1]), Path.of(words[2]));
      case "file" -> System.out.print(map(one(words), "data").get(words[4]));
      case "pod" -> System.out.print(pod(one(words), words));
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  private static void cluster(Path base, Path admin) throws Exception {
    Properties properties = new Properties();
    properties.load(Files.newBufferedReader(admin));
    List<NewTopic> topics = new ArrayList<>();
    for (Map<String, Object> topic : documents(base.resolve("topics.yaml"))) {
      Map<String, String> config = new HashMap<>();
      map(map(topic, "spec"), "config").forEach((key, value) -> config.put(key, value.toString()));
      int partitions = (Integer) map(topic, "spec").get("partitions");
      topics.add(new NewTopic(name(topic), partitions, (short) 1).configs(config));
    }
    List<AclBinding> rights = new ArrayList<>();
    for (Map<String, Object> user : documents(base.resolve("users.yaml"))) {
      list(map(map(user, "spec"), "authorization"), "acls")
          .forEach(right -> rights.addAll(bindings(name(user), right)));
    }
    try (Admin client = Admin.create(properties)) {
      client.createTopics(topics).all().get();
      client.createAcls(rights).all().get();
    }
    System.out.println(topics.size() + " topics, " + rights.size() + " rights");
  }

  @SuppressWarnings("unchecked")
  private static List<AclBinding> bindings(String user, Map<String, Object> right) {
    Map<String, Object> resource = map(right, "resource");
    ResourceType type = ResourceType.valueOf(upper((String) resource.get("type")));
    PatternType pattern =
        resource.get("patternType").equals("prefix") ? PatternType.PREFIXED : PatternType.LITERAL;
    ResourcePattern on = new ResourcePattern(type, (String) resource.get("name"), pattern);
    return ((List<String>) right.get("operations"))
        .stream()
            .map(word -> AclOperation.valueOf(upper(word)))
            .map(
                operation ->
                    new AclBinding(
                        on,
                        new AccessControlEntry(
                            "User:CN=" + user, "*", operation, AclPermissionType.ALLOW)))
            .toList();
  }

  private static String upper(String word) {
    return word.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
  }

  /** Under /mnt lie the distribution (dist), Secrets, the ConfigMap and claimed volumes. */
  private static String pod(Map<String, Object> workload, String[] words) {
    Map<String, Object> pod = map(map(map(workload, "spec"), "template"), "spec");
    Map<String, Object> container = list(pod, "containers").get(0);
    Map<String, Map<String, Object>> volumes = new HashMap<>();
    list(pod, "volumes").forEach(volume -> volumes.put((String) volume.get("name"), volume));
    StringBuilder commands = new StringBuilder("set -e\n");
    commands.append("mount -t tmpfs tmpfs /etc/radstream\nmount -t tmpfs tmpfs /var/lib/radstream\n");
    for (Map<String, Object> mount : list(container, "volumeMounts")) {
      commands.append(mount(mount, volumes, words[4]));
    }
    commands.append(
        """
        for place in /etc/radstream /var/lib/radstream; do mount -o remount,ro $place; done
        mount -o remount,bind,ro /mnt/dist
        mount -t tmpfs -o mode=1777 tmpfs /tmp
        mount -o remount,bind,ro /
        cd /var/lib/radstream
        if touch /probe 2> /dev/null; then echo "the root can be written to"; exit 99; fi
        exec env -i PATH=/usr/bin:/bin HOME=/var/lib/radstream LANG=C.UTF-8 \\
          DJL_CACHE_DIR=/var/lib/radstream/djl RADSTREAM_LOG=json \\
          setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs --bounding-set=-all \\
          "$JAVA" -Xmx768m -XX:TieredStopAtLevel=1 -Dai.djl.offline=true -jar /mnt/dist/lib/radstream.jar""");
    for (Object argument : (List<?>) container.get("args")) {
      commands.append(" '").append(changed(argument.toString(), words)).append('\'');
    }
    return commands.append('\n').toString();
  }

  private static String mount(
      Map<String, Object> mount, Map<String, Map<String, Object>> volumes, String user) {
    String path = (String) mount.get("mountPath");
    if (path.equals("/tmp")) {
      return "";
    }
    // The volume of a claim template is no volume of the pod.
    Map<String, Object> volume = volumes.getOrDefault(mount.get("name"), Map.of());
    if (volume.containsKey("emptyDir")) {
      return "mkdir -p %1$s; mount -t tmpfs -o uid=10001,gid=10001 tmpfs %1$s%n".formatted(path);
    }
    String from = mount.get("name").toString();
    if (from.equals("user")) {
      from = "secrets/" + user;
    } else if (!volume.containsKey("secret") && !volume.containsKey("configMap")) {
      from = "volumes/" + from;
    }
    String readOnly =
        Boolean.TRUE.equals(mount.get("readOnly")) ? "; mount -o remount,bind,ro " + path : "";
    return "mkdir -p %1$s; mount --bind /mnt/%2$s %1$s%3$s%n".formatted(path, from, readOnly);
  }

  private static String changed(String argument, String[] words) {
    for (int word = 5; word < words.length; word++) {
      String[] change = words[word].split("=>", 2);
      if (change[0].equals(argument)) {
        return change[1];
      }
    }
    return argument;
  }

  private static Map<String, Object> one(String[] words) throws IOException {
    return documents(Path.of(words[1])).stream()
        .filter(it -> it.get("kind").equals(words[2]) && name(it).equals(words[3]))
        .findFirst()
        .orElseThrow();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> documents(Path file) throws IOException {
    List<Map<String, Object>> documents = new ArrayList<>();
    new Yaml().loadAll(Files.readString(file)).forEach(it -> documents.add((Map<String, Object>) it));
    return documents;
  }

  private static String name(Map<String, Object> resource) {
    return (String) map(resource, "metadata").get("name");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> of, String field) {
    return (Map<String, Object>) of.get(field);
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Map<String, Object> of, String field) {
    return (List<Map<String, Object>>) of.get(field);
  }
}

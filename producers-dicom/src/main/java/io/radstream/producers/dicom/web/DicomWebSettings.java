package io.radstream.producers.dicom.web;

import io.radstream.producers.access.Credentials;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Which archive is asked, for what, and how.
 *
 * @param root of DICOMweb, below which {@code /studies} lies
 * @param orthanc root of an Orthanc's own interface, whose list of changes is followed; empty to
 *     ask for studies by date
 * @param trusted who may sign the archive's certificate; empty for the authorities that Java knows
 * @param modalities of the series that are wanted, as CR
 * @param since how old a study may be by its date; empty for whatever age, which only a list of
 *     changes allows
 * @param poll pause between two rounds
 * @param once whether to end when everything that is there was fetched
 * @param again whether to look at everything once more, whatever was seen in earlier runs
 * @param connections how many objects are fetched at once
 */
public record DicomWebSettings(
    URI root,
    Optional<URI> orthanc,
    Credentials credentials,
    Optional<SSLContext> trusted,
    List<String> modalities,
    Optional<Duration> since,
    Duration poll,
    boolean once,
    boolean again,
    int connections,
    ArchiveLimits limits) {

  private static final int MOST_CONNECTIONS = 64;

  public DicomWebSettings {
    root = checked(root);
    orthanc = orthanc.map(DicomWebSettings::checked);
    modalities = List.copyOf(modalities);
    check(
        !modalities.isEmpty() && modalities.stream().allMatch(it -> it.matches("[A-Z0-9_]{1,16}")),
        "modalities are such as CR, DX");
    check(orthanc.isPresent() || since.isPresent(), "asking by date needs an age");
    check(since.filter(Duration::isNegative).isEmpty(), "an age is not negative");
    check(
        poll.compareTo(Duration.ofMillis(1)) >= 0, "the pause between two rounds is 1 ms or more");
    check(
        connections >= 1 && connections <= MOST_CONNECTIONS,
        "connections are 1 to " + MOST_CONNECTIONS);
  }

  private static URI checked(URI address) {
    String scheme = String.valueOf(address.getScheme());
    check(
        (scheme.equals("http") || scheme.equals("https")) && address.getHost() != null,
        "an archive's address begins with http:// or https:// and a host");
    check(
        address.getRawUserInfo() == null,
        "an archive's address holds no user and password: name them by their own options");
    check(
        address.getRawQuery() == null && address.getRawFragment() == null,
        "an archive's address has no ? and no #");
    String text = address.toString();
    return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
  }

  private static void check(boolean good, String message) {
    if (!good) {
      throw new IllegalArgumentException(message);
    }
  }
}

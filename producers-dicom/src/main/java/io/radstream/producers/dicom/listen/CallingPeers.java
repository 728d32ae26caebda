package io.radstream.producers.dicom.listen;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may open an association. A title is no secret: it counts together with an address. */
public final class CallingPeers {

  private static final String ANY = "*";

  /** Both must fit; what is empty fits all. */
  private record Allowed(Optional<AeTitle> title, Set<InetAddress> addresses) {

    boolean fits(String calling, InetAddress from) {
      return title.map(AeTitle::text).map(calling::equals).orElse(true)
          && (addresses.isEmpty() || addresses.contains(from));
    }
  }

  private final List<Allowed> allowed;

  private CallingPeers(List<Allowed> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  /**
   * @param peers each {@code TITLE}, {@code TITLE@HOST} or {@code *@HOST}, or {@code *} for all;
   *     hosts by name are looked up now. None: whoever reaches a listener that only this machine
   *     reaches
   * @throws IllegalArgumentException where one is neither, or its host is not known
   */
  public static CallingPeers of(List<String> peers) {
    return new CallingPeers(peers.stream().map(CallingPeers::parse).toList());
  }

  private static Allowed parse(String peer) {
    int at = peer.lastIndexOf('@');
    String title = at < 0 ? peer : peer.substring(0, at);
    Optional<AeTitle> named =
        title.equals(ANY) ? Optional.empty() : Optional.of(new AeTitle(title));
    return new Allowed(named, at < 0 ? Set.of() : Addresses.of(peer.substring(at + 1)));
  }

  boolean isUnsaid() {
    return allowed.isEmpty();
  }

  /**
   * A peer as a log may name it. It may call itself anything, so its title stands there only where
   * the site itself has named it.
   *
   * @return as {@code CT1@10.1.2.3}, or the address alone
   */
  String known(String calling, String address) {
    boolean named =
        allowed.stream()
            .flatMap(it -> it.title().stream())
            .anyMatch(it -> it.text().equals(calling));
    return named ? calling + "@" + address : address;
  }

  boolean allows(String calling, InetAddress from) {
    return allowed.isEmpty() || allowed.stream().anyMatch(it -> it.fits(calling, from));
  }
}

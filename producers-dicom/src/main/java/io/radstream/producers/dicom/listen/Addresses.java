package io.radstream.producers.dicom.listen;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;

/** Addresses of hosts. */
final class Addresses {

  private Addresses() {}

  /**
   * @param host name or address
   * @throws IllegalArgumentException where nobody knows it
   */
  static Set<InetAddress> of(String host) {
    try {
      return Set.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("the host " + host + " is not known", e);
    }
  }

  /** Whether only this machine reaches it. */
  static boolean isLoopback(String host) {
    return of(host).stream().allMatch(InetAddress::isLoopbackAddress);
  }
}

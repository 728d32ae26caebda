package io.radstream.serving.access;

import io.netty.util.NetUtil;
import java.util.Locale;

/** Tells addresses apart without asking a name server. */
final class ListenAddress {

  private ListenAddress() {}

  /** Whether only this machine reaches it. Of a name that is not known for it: no. */
  static boolean isLoopback(String host) {
    if (host == null) {
      return false;
    }
    String plain = withoutBrackets(host).toLowerCase(Locale.ROOT);
    boolean ipv4 = plain.startsWith("127.") && NetUtil.isValidIpV4Address(plain);
    return ipv4 || plain.equals("::1") || plain.equals("localhost") || plain.endsWith(".localhost");
  }

  static boolean isLiteral(String host) {
    String plain = withoutBrackets(host);
    return NetUtil.isValidIpV4Address(plain) || NetUtil.isValidIpV6Address(plain);
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}

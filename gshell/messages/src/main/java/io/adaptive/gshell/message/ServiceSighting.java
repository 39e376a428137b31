package io.adaptive.gshell.message;

import java.util.List;

/**
 * A service as seen in one scope.
 *
 * @param scope {@code PROCESS}, {@code OS}, {@code LAN} or {@code WAN}
 * @param addresses where it is reached, the best first
 * @param proxied whether that is by reverse proxies only
 */
public record ServiceSighting(String scope, List<String> addresses, boolean proxied) {

}

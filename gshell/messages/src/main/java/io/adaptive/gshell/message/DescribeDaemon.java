package io.adaptive.gshell.message;

import io.adaptive.annotation.Idempotent;
import io.adaptive.annotation.Message;

/**
 * Asks for the daemon itself. Answered by {@link DaemonInfo}.
 */
@Idempotent
@Message("gshell.DescribeDaemon")
public record DescribeDaemon() {

}

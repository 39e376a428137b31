package io.adaptive.gshell.message;

import java.time.Instant;
import java.util.List;

import io.adaptive.annotation.Message;
import org.jspecify.annotations.Nullable;

/**
 * A daemon.
 *
 * @param version its version
 * @param commit commit it was built from; {@code null} if the build does not know
 * @param builtAt time of the build; {@code null} if the build does not know
 * @param java version of Java
 * @param provider id of the machine
 * @param scopes scopes of the node
 * @param repository address of the code repository; {@code null} if there is none
 * @param limits limits of groups that this machine can set, and for each that it cannot
 * the cause
 * @param features commands and options beyond the basic ones
 * @param workDirectory absolute path of the folder with state, logs and caches
 * @param pid process id
 * @param startedAt start of the process
 * @param management address of the actuator; {@code null} if there is none
 * @param user name of the user who runs it
 */
@Message("gshell.DaemonInfo")
public record DaemonInfo(String version, @Nullable String commit, @Nullable Instant builtAt, String java,
		String provider, List<String> scopes, @Nullable String repository, List<GroupLimit> limits,
		List<String> features, String workDirectory, long pid, Instant startedAt, @Nullable String management,
		String user) {

}

package io.adaptive.gshell.command;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Options of {@code gsh daemon}.
 *
 * @param workDirectory folder with state, logs and caches
 * @param registry root registry, {@code HOST:PORT}; {@code null} for no WAN
 * @param broadcastPort UDP port of the local networks; {@code null} for no LAN
 * @param root whether the node is a root registry, at {@code registry}
 * @param repository code repository; {@code null} for that of the distribution
 * @param invisible whether the node relays for nobody and publishes on this machine only
 * @param home folder of the distribution; {@code null} if there is none
 */
public record DaemonOptions(Path workDirectory, @Nullable String registry, @Nullable Integer broadcastPort,
		boolean root, @Nullable Path repository, boolean invisible, @Nullable Path home) {

}

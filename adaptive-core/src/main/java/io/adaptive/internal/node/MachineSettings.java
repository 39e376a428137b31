package io.adaptive.internal.node;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.adaptive.message.Endpoint;
import io.adaptive.settings.LanSettings;
import org.jspecify.annotations.Nullable;

/**
 * Settings of LAN and WAN of one program of a machine, for the other programs.
 *
 * @param lan the settings of scope LAN, {@code null} if there are none
 * @param registries the root registries
 * @param proxy the reverse proxy, {@code null} if there is none
 */
record MachineSettings(@Nullable LanSettings lan, List<Endpoint.Tcp> registries, Endpoint.@Nullable Tcp proxy) {

	static final MachineSettings NONE = new MachineSettings(null, List.of(), null);

	MachineSettings {
		registries = List.copyOf(registries);
	}

	/**
	 * Returns the settings as text, one per line.
	 */
	List<String> lines() {
		List<String> lines = new ArrayList<>();
		if (this.lan != null) {
			add(lines, "lan.port", String.valueOf(this.lan.port()));
			this.lan.interfaces().forEach((networkInterface) -> add(lines, "lan.interface", networkInterface));
			this.lan.excludedInterfaces()
				.forEach((networkInterface) -> add(lines, "lan.excluded-interface", networkInterface));
			this.lan.seeds().forEach((seed) -> add(lines, "lan.seed", address(seed)));
			add(lines, "lan.announce-interval", this.lan.announceInterval().toString());
			if (this.lan.secret() != null) {
				add(lines, "lan.secret", this.lan.secret());
			}
		}
		this.registries.forEach((registry) -> add(lines, "registry", address(registry)));
		if (this.proxy != null) {
			add(lines, "proxy", address(this.proxy));
		}
		return lines;
	}

	private static void add(List<String> lines, String key, String value) {
		lines.add(key + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
	}

	private static String address(Endpoint.Tcp address) {
		return ("[" + address.host() + "]:" + address.port()).replaceAll("^\\[([^:]*)]", "$1");
	}

	/**
	 * Parses settings; unknown keys are ignored.
	 * @throws RuntimeException if a value is invalid
	 */
	static MachineSettings parse(List<String> lines) {
		LanSettings lan = LanSettings.DEFAULT;
		List<Endpoint.Tcp> seeds = new ArrayList<>(
				values(lines, "lan.seed").stream().map(MachineSettings::tcp).toList());
		for (String port : values(lines, "lan.port")) {
			lan = lan.port(Integer.parseInt(port));
		}
		for (String interval : values(lines, "lan.announce-interval")) {
			lan = lan.announceInterval(Duration.parse(interval));
		}
		for (String secret : values(lines, "lan.secret")) {
			lan = lan.secret(secret);
		}
		lan = lan.interfaces(values(lines, "lan.interface").toArray(String[]::new))
			.excludedInterfaces(values(lines, "lan.excluded-interface").toArray(String[]::new))
			.seeds(seeds.toArray(Endpoint.Tcp[]::new));
		return new MachineSettings(values(lines, "lan.port").isEmpty() ? null : lan,
				values(lines, "registry").stream().map(MachineSettings::tcp).toList(),
				values(lines, "proxy").stream().map(MachineSettings::tcp).findFirst().orElse(null));
	}

	private static Endpoint.Tcp tcp(String text) {
		return Endpoint.Tcp.parse(text, 0);
	}

	private static List<String> values(List<String> lines, String key) {
		return lines.stream()
			.filter((line) -> line.startsWith(key + "="))
			.map((line) -> URLDecoder.decode(line.substring(key.length() + 1), StandardCharsets.UTF_8))
			.toList();
	}

}

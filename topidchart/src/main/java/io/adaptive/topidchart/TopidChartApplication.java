package io.adaptive.topidchart;

import java.time.Clock;
import java.util.Arrays;
import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * The chart service of topid.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class TopidChartApplication {

	/** Not placeholders: those would take the variables of the shell, too. */
	private static final Map<String, String> SHORT_OPTIONS = Map.of("demo", "topidchart.demo", "host", "server.address",
			"port", "server.port", "dir", "topidchart.dir", "another", "topidchart.another");

	/**
	 * Starts the service.
	 * @param args properties; {@code --host}, {@code --port}, {@code --dir},
	 * {@code --demo} and {@code --another} are short for where the page listens, where
	 * the data is, a session of this machine, and a second service on the network
	 */
	public static void main(String[] args) {
		// The folder may be given without a dot in front.
		System.setProperty("h2.implicitRelativePath", "true");
		SpringApplication.run(TopidChartApplication.class, properties(args));
	}

	static String[] properties(String... args) {
		return Arrays.stream(args).map(TopidChartApplication::property).toArray(String[]::new);
	}

	private static String property(String option) {
		String name = option.replaceFirst("=.*", "");
		String property = name.startsWith("--") ? SHORT_OPTIONS.get(name.substring(2)) : null;
		return (property == null) ? option : "--" + property + option.substring(name.length());
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}

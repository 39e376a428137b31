package io.adaptive.topidchart;

import java.time.Clock;

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

	/**
	 * Starts the service.
	 * @param args properties; {@code --host}, {@code --port} and {@code --dir} are short
	 * for where the page listens and where the data is
	 */
	public static void main(String[] args) {
		// The folder may be given without a dot in front.
		System.setProperty("h2.implicitRelativePath", "true");
		SpringApplication.run(TopidChartApplication.class, args);
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}

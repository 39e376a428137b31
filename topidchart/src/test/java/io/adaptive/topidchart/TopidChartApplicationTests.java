package io.adaptive.topidchart;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TopidChartApplication}.
 */
class TopidChartApplicationTests {

	@Test
	void shortOptionsAreThoseOfTheCommandLine() {
		assertThat(TopidChartApplication.properties("--demo", "--another", "--host=::1", "--port=0", "--dir=a=b",
				"--hosts=x", "port=1", "--server.port=2"))
			.containsExactly("--topidchart.demo", "--topidchart.another", "--server.address=::1", "--server.port=0",
					"--topidchart.dir=a=b", "--hosts=x", "port=1", "--server.port=2");
	}

	@Test
	void variablesOfTheShellAreNoOptions() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
							Map.of("HOST", "host.example", "PORT", "1", "DIR", "/elsewhere", "DEMO", "true")));
		ConfigDataEnvironmentPostProcessor.applyTo(environment);
		assertThat(environment.getProperty("server.address")).isEqualTo("127.0.0.1");
		assertThat(environment.getProperty("server.port")).isEqualTo("9998");
		assertThat(environment.getProperty("topidchart.session.journal")).isEqualTo("./topidata/journal");
		assertThat(environment.getProperty("spring.datasource.url")).startsWith("jdbc:h2:async:./topidata/topidchart;");
	}

}

package io.adaptive.gshell.daemon;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.gshell.command.DaemonOptions;
import io.adaptive.gshell.state.WorkFolder;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * The application of the daemon.
 */
@SpringBootApplication(proxyBeanMethods = false)
class DaemonApplication {

	/**
	 * Starts it.
	 * @param options options of the command line
	 * @param folder the working directory
	 * @param properties properties that win over those of the options
	 */
	static ConfigurableApplicationContext start(DaemonOptions options, WorkFolder folder,
			Map<String, Object> properties) {
		Map<String, Object> all = new HashMap<>(DaemonProperties.of(options, folder));
		all.putAll(properties);
		SpringApplication application = new SpringApplication(DaemonApplication.class);
		application.setBannerMode(Banner.Mode.OFF);
		application.addInitializers((context) -> {
			context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("gshell", all));
			GenericApplicationContext beans = (GenericApplicationContext) context;
			beans.registerBean(DaemonOptions.class, () -> options);
			beans.registerBean(WorkFolder.class, () -> folder);
			DaemonLog log = DaemonLog.open(folder);
			beans.registerBean(DaemonLog.class, () -> log, (bean) -> bean.setDestroyMethodName("stop"));
		});
		return application.run();
	}

	@Bean(destroyMethod = "shutdownNow")
	ExecutorService groupCalls() {
		AtomicInteger number = new AtomicInteger();
		return Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "gshell-group-call-" + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		});
	}

}

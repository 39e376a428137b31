package io.adaptive.topidchart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.adaptive.client.ConnectionListener;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.stream.Connection;
import io.adaptive.topidchart.session.SessionReader;
import io.adaptive.topidchart.store.ChartSession;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import perf.topid.message.ChartMessages;
import perf.topid.message.ChartMessages.OpenSession;
import perf.topid.message.ChartMessages.ProcessSample;
import perf.topid.message.ChartMessages.Sample;
import perf.topid.message.ChartMessages.SessionOpened;
import perf.topid.message.ChartMessages.SystemInformation;
import perf.topid.message.ChartMessages.SystemSeries;

/**
 * The service, and a node beside it that sends.
 */
public final class RunningChart implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final AdaptiveNode node;

	private final Connection connection;

	private RunningChart(ConfigurableApplicationContext context, Path sockets) {
		this.context = context;
		this.node = AdaptiveNode.builder().scopes(Set.of(Scope.OS)).socketDirectory(sockets).build();
		this.connection = this.node.newClient().discover(ChartMessages.PUBLISHER, ChartMessages.SERVICE);
	}

	/**
	 * Starts the service.
	 * @param folder data and sockets
	 * @param properties further properties
	 */
	public static RunningChart start(Path folder, String... properties) {
		return start(folder, TopidChartApplication.class, properties);
	}

	/**
	 * Starts the service with another configuration, which imports the usual one.
	 */
	public static RunningChart start(Path folder, Class<?> configuration, String... properties) {
		List<String> all = new ArrayList<>(List.of("server.port=0", "topidchart.dir=" + folder.resolve("data"),
				"adaptive.scopes=os", "adaptive.os.socket-directory=" + folder.resolve("sockets")));
		all.addAll(List.of(properties));
		ConfigurableApplicationContext context = SpringApplication.run(configuration,
				all.stream().map((each) -> "--" + each).toArray(String[]::new));
		return new RunningChart(context, folder.resolve("sockets"));
	}

	public Connection connection() {
		return this.connection;
	}

	/**
	 * Returns a connection that connects again, and tells a listener.
	 */
	public Connection lazy(ConnectionListener listener) {
		return this.node.newClient().lazy(new ServiceName(ChartMessages.PUBLISHER, ChartMessages.SERVICE), listener);
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	public SessionReader reader() {
		return bean(SessionReader.class);
	}

	public String origin() {
		return "http://127.0.0.1:" + this.context.getEnvironment().getProperty("local.server.port");
	}

	public SessionOpened open(String tag) {
		return this.connection.sendRecv(new OpenSession(tag, 1,
				new SystemInformation(2, "a processor", "Linux 6.1", "memory 1 GB"), "$ uname\nLinux\n"),
				SessionOpened.class);
	}

	/**
	 * Returns the session of the address of a page.
	 */
	public ChartSession session(SessionOpened opened) {
		String[] parts = opened.url().split("/");
		return reader().find(parts[3], parts[4]).orElseThrow();
	}

	/**
	 * Makes a sample of three processes and two series of the machine: number 1 at
	 * {@code first}, the others a second apart.
	 */
	public static Sample sample(SessionOpened session, long first, long number) {
		return new Sample(session.key(), number, first + 1000 * (number - 1), 0,
				List.of(new ProcessSample(10, 100, "busy", 50f, 10f, 200_000),
						new ProcessSample(11, 100, "wave", number % 10, 0f, 50_000 + number % 7),
						new ProcessSample(12, 100, "idle", 0f, 0f, 1_000)),
				List.of(new SystemSeries("cpu0.user", 33.25), new SystemSeries("memory.free", 4_000_000)),
				(number % 30 == 1) ? "tree " + number : "");
	}

	/**
	 * Makes a first sample of one busy process.
	 */
	public static Sample named(SessionOpened session, long millis, String name) {
		return new Sample(session.key(), 1, millis, 0, List.of(new ProcessSample(10, 100, name, 50f, 10f, 200_000)),
				List.of(), name);
	}

	@Override
	public void close() {
		this.node.close();
		this.context.close();
	}

}

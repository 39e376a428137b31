package io.adaptive.gshell.group;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.adaptive.gshell.code.BundleCompiler;
import io.adaptive.gshell.code.CodeBundle;
import io.adaptive.gshell.code.CompiledCode;

/**
 * Program of a test: {@code CallRates plain|group CALLS} prints the calls in a second
 * between a client and a service, both in this process: as two programs of one class
 * loader, or as two jobs of a group.
 */
final class CallRates {

	private static final Map<String, String> MESSAGES = Map.of("Ask.java", "record Ask(int number) { }", "Told.java",
			"record Told(int number) { }");

	private static final String SERVER = """
			import io.adaptive.node.AdaptiveNode;
			import io.adaptive.server.Service;
			public class Server {
				public static void main(String[] args) {
					try (AdaptiveNode node = AdaptiveNode.builder().build()) {
						node.newServer().publish(Service.named("test", "rates").handle(Ask.class, (ask) -> new Told(ask.number() + 1)));
						System.out.println("published");
						node.serve();
					}
				}
			}
			""";

	private static final String CLIENT = """
			import io.adaptive.node.AdaptiveNode;
			import io.adaptive.stream.Connection;
			public class Client {
				public static void main(String[] args) {
					int calls = Integer.parseInt(args[0]);
					try (AdaptiveNode node = AdaptiveNode.builder().build()) {
						Connection connection = node.newClient().discover("test", "rates");
						calls(connection, Math.min(calls, 1_000_000));
						long begin = System.nanoTime();
						calls(connection, calls);
						System.out.println(calls * 1_000_000_000L / (System.nanoTime() - begin) + " a second by "
								+ connection.info().scope());
					}
				}
				private static void calls(Connection connection, int calls) {
					for (int i = 0; i < calls; i++) {
						if (connection.sendRecv(new Ask(i), Told.class).number() != i + 1) {
							throw new IllegalStateException("wrong answer to " + i);
						}
					}
				}
			}
			""";

	private CallRates() {
	}

	public static void main(String[] args) throws Exception {
		if (args[0].equals("group")) {
			group(args[1]);
		}
		else {
			plain(args[1]);
		}
		System.exit(0);
	}

	private static Map<String, String> files(String name, String main) {
		Map<String, String> files = new HashMap<>(MESSAGES);
		files.put(name, main);
		return files;
	}

	private static void group(String calls) throws Exception {
		Path folder = Files.createTempDirectory("rates");
		try (JobsFixture group = new JobsFixture(folder)) {
			GroupJob server = group.run(files("Server.java", SERVER));
			JobsFixture.awaitLog(server, "published");
			GroupJob client = group.run(files("Client.java", CLIENT), calls);
			client.firstEnd().join();
			System.out.println(JobsFixture.log(client).strip());
		}
	}

	private static void plain(String calls) throws Exception {
		ClassLoader loader = new PlainLoader();
		Thread server = new Thread(() -> start(loader, "Server"), "server");
		server.setDaemon(true);
		server.start();
		start(loader, "Client", calls);
	}

	/** Discovery waits for the service. */
	private static void start(ClassLoader loader, String type, String... args) {
		try {
			loader.loadClass(type).getMethod("main", String[].class).invoke(null, (Object) args);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static final class PlainLoader extends ClassLoader {

		private final CompiledCode code;

		private PlainLoader() {
			super(CallRates.class.getClassLoader());
			Map<String, byte[]> sources = new HashMap<>();
			Map<String, String> files = files("Server.java", SERVER);
			files.put("Client.java", "//MAIN Client\n" + CLIENT);
			files.forEach((name, source) -> sources.put("app/" + name, source.getBytes(StandardCharsets.UTF_8)));
			List<Path> classPath = AppClassPath.find(new SharedClasses(CallRates.class.getClassLoader()));
			try (BundleCompiler compiler = new BundleCompiler(classPath)) {
				this.code = compiler.compile(CodeBundle.of("app", sources));
			}
		}

		@Override
		protected Class<?> findClass(String name) throws ClassNotFoundException {
			byte[] classFile = this.code.classFile(name);
			if (classFile == null) {
				throw new ClassNotFoundException(name);
			}
			return defineClass(name, classFile, 0, classFile.length);
		}

	}

}

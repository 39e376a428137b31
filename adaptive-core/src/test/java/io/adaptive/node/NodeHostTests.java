package io.adaptive.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.adaptive.message.ServiceAlreadyPublishedException;
import io.adaptive.server.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NodeHostTests {

	@TempDir
	Path folder;

	private final ClassLoader before = Thread.currentThread().getContextClassLoader();

	@AfterEach
	void leave() {
		Thread.currentThread().setContextClassLoader(this.before);
	}

	private Host enter(String owner) {
		Host host = new Host(owner, this.folder.resolve("sockets"), this.before);
		// A program may have loaders of its own below.
		Thread.currentThread().setContextClassLoader(new ClassLoader(host) {
		});
		return host;
	}

	@Test
	void theFirstHostInTheParentChainGivesDefaultsAndHearsOfNodes() {
		Host host = enter("job one");
		AdaptiveNode node = AdaptiveNode.builder().build();
		assertThat(host.events).containsExactly("started " + node.instance());
		assertThat(Files.isDirectory(this.folder.resolve("sockets"))).isTrue();
		node.close();
		assertThat(host.events).containsExactly("started " + node.instance(), "closed " + node.instance());
	}

	@Test
	void aProgramOverridesTheDefaults() {
		enter("job one");
		try (AdaptiveNode node = AdaptiveNode.builder().socketDirectory(this.folder.resolve("own")).build()) {
			assertThat(Files.isDirectory(this.folder.resolve("own"))).isTrue();
			assertThat(this.folder.resolve("sockets")).doesNotExist();
			assertThat(node.scopes()).isNotEmpty();
		}
	}

	@Test
	void theProgramThatHasAServiceIsNamed() {
		Service service = Service.named("test", "host");
		ProcessSpace space = new ProcessSpace();
		enter("job one");
		try (AdaptiveNode one = AdaptiveNode.builder().inMemory(space).build()) {
			one.newServer().publish(service);
			enter("job two");
			try (AdaptiveNode two = AdaptiveNode.builder().inMemory(space).build()) {
				assertThatExceptionOfType(ServiceAlreadyPublishedException.class)
					.isThrownBy(() -> two.newServer().publish(service))
					.withMessage("Service test/host is already published in this process, by job one, node %s"
						.formatted(one.instance()));
			}
		}
	}

	@Test
	void withoutAHostThereIsNone() {
		assertThat(NodeHost.current()).isSameAs(NodeHost.NONE);
		assertThat(NodeHost.NONE.owner()).isEmpty();
	}

	private static final class Host extends ClassLoader implements NodeHost {

		private final String owner;

		private final Path sockets;

		private final List<String> events = new ArrayList<>();

		Host(String owner, Path sockets, ClassLoader parent) {
			super(parent);
			this.owner = owner;
			this.sockets = sockets;
		}

		@Override
		public void configure(AdaptiveNodeBuilder builder) {
			builder.socketDirectory(this.sockets);
		}

		@Override
		public String owner() {
			return this.owner;
		}

		@Override
		public void started(AdaptiveNode node) {
			this.events.add("started " + node.instance());
		}

		@Override
		public void closed(AdaptiveNode node) {
			this.events.add("closed " + node.instance());
		}

	}

}

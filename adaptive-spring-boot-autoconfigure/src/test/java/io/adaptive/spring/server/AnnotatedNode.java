package io.adaptive.spring.server;

import java.util.EnumSet;
import java.util.Set;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * A node that publishes what beans declare, and a client that calls them. Lives as long
 * as one test.
 */
final class AnnotatedNode implements AfterEachCallback {

	private final AdaptiveNode node = AdaptiveNode.builder()
		.scopes(Set.of(Scope.PROCESS))
		.processSpace(new ProcessSpace())
		.build();

	private final AdaptiveServer server = this.node.newServer();

	private final AdaptiveClient client = this.node.newClient();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	/**
	 * Publishes the services of beans, and connects to example/test.
	 */
	Connection connectTo(Class<?>... beans) {
		this.context.register(beans);
		this.context.refresh();
		new AnnotatedServices(this.context.getBeanFactory()).read(EnumSet.allOf(Scope.class))
			.forEach((service) -> this.server.publish(service.scopes(Scope.PROCESS)));
		return connect("test");
	}

	Connection connect(String name) {
		return this.client.discover("example", name);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	@Override
	public void afterEach(ExtensionContext extension) {
		this.node.close();
		this.context.close();
	}

}

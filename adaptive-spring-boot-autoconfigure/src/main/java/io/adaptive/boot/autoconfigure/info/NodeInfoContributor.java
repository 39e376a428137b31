package io.adaptive.boot.autoconfigure.info;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.ServiceStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * Info contributor with the identity of the node and its services.
 */
final class NodeInfoContributor implements InfoContributor {

	private static final int MOST = 100;

	private static final ClassPathResource VERSION = new ClassPathResource("version.properties",
			NodeInfoContributor.class);

	private final AdaptiveNode node;

	private final String version;

	NodeInfoContributor(AdaptiveNode node) {
		this.node = node;
		try {
			this.version = PropertiesLoaderUtils.loadProperties(VERSION).getProperty("version");
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The jar of the framework is not complete", ex);
		}
	}

	@Override
	public void contribute(Info.Builder builder) {
		List<String> services = this.node.view()
			.services()
			.stream()
			.filter((service) -> !service.service().isBuiltin() && !service.isDraining())
			.map(ServiceStatus::service)
			.map(ServiceName::toString)
			.distinct()
			.sorted()
			.limit(MOST)
			.toList();
		builder.withDetail("adaptive", new NodeInfo(this.version, this.node.instance().provider().value(),
				Long.toHexString(this.node.instance().incarnation()), this.node.scopes(), services));
	}

	/**
	 * The contributed information.
	 * 
	 * @param version the version of the framework
	 * @param provider the provider id of the machine
	 * @param incarnation the incarnation, which identifies this run of the program
	 * @param scopes the scopes of the node
	 * @param services the published services, at most 100
	 */
	record NodeInfo(String version, String provider, String incarnation, Set<Scope> scopes, List<String> services) {
	}

	/**
	 * Runtime hints for native images.
	 */
	static final class Hints implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			hints.resources().registerResource(VERSION);
			new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(), NodeInfo.class);
		}

	}

}

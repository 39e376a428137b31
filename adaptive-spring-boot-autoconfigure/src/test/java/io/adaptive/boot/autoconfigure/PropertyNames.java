package io.adaptive.boot.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * All properties that there are.
 */
final class PropertyNames {

	/** The maps, at which the metadata ends. */
	private static final Map<String, Class<?>> MAPS = Map.of("adaptive.clients", ClientProperties.class,
			"adaptive.services", AdaptiveProperties.PublishedService.class);

	private PropertyNames() {
	}

	/**
	 * Returns the names of the framework's own metadata and, with the key {@code x},
	 * those below a map.
	 */
	static Set<String> all() {
		Set<String> names = new TreeSet<>();
		metadata().path("properties")
			.valueStream()
			.map((property) -> property.path("name").asString())
			.filter((name) -> name.startsWith("adaptive."))
			.flatMap((name) -> MAPS.containsKey(name) ? below(name, MAPS.get(name)) : Stream.of(name))
			.forEach(names::add);
		return names;
	}

	private static Stream<String> below(String map, Class<?> type) {
		return Arrays.stream(type.getRecordComponents())
			.map((each) -> map + ".x." + DataObjectPropertyName.toDashedForm(each.getName()));
	}

	static JsonNode metadata() {
		try (InputStream in = AdaptiveProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			return JsonMapper.shared().readTree(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static AdaptiveProperties bind(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("adaptive",
				AdaptiveProperties.class);
	}

}

package io.adaptive.boot.autoconfigure.actuate.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * The files of the page that draws a trace: its own, and those of Mermaid from any
 * version of its webjar, if present.
 */
final class TracePage {

	/** The start page. */
	static final String START = "trace.html";

	static final String MERMAID = "mermaid.min.js";

	static final String MERMAID_LOCATION = "META-INF/resources/webjars/mermaid/*/dist/" + MERMAID;

	private static final MimeType JAVASCRIPT = MimeType.valueOf("text/javascript");

	private static final Map<String, MimeType> FILES = Map.of(START, MimeTypeUtils.TEXT_HTML, "trace.css",
			MimeType.valueOf("text/css"), "trace.js", JAVASCRIPT, "trace-common.js", JAVASCRIPT, "trace-records.js",
			JAVASCRIPT, "trace-diagram.js", JAVASCRIPT, MERMAID, JAVASCRIPT);

	private final @Nullable Resource mermaid;

	TracePage(ResourcePatternResolver resources) {
		this.mermaid = findMermaid(resources);
	}

	private static @Nullable Resource findMermaid(ResourcePatternResolver resources) {
		try {
			Resource[] found = resources
				.getResources(ResourcePatternResolver.CLASSPATH_ALL_URL_PREFIX + MERMAID_LOCATION);
			return (found.length > 0) ? found[0] : null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	boolean hasFile(String name) {
		return FILES.containsKey(name);
	}

	/**
	 * Returns a file.
	 * @param name the name of a file of the page
	 * @return the file, or status 404
	 */
	WebEndpointResponse<Resource> file(String name) {
		Resource file = name.equals(MERMAID) ? this.mermaid : new ClassPathResource(name, TracePage.class);
		MimeType type = FILES.get(name);
		if (file == null || type == null) {
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
		return new WebEndpointResponse<>(file, new MimeType(type, StandardCharsets.UTF_8));
	}

}

package io.adaptive.boot.autoconfigure.actuate.trace;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Producible;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * The format of a trace. Of the formats that a request accepts, the last one is chosen,
 * so that a browser gets the page.
 */
enum TraceFormat implements Producible<TraceFormat> {

	PLANTUML(MimeTypeUtils.TEXT_PLAIN_VALUE),

	MERMAID(MimeTypeUtils.TEXT_PLAIN_VALUE),

	TEXT(MimeTypeUtils.TEXT_PLAIN_VALUE),

	JSON(MimeTypeUtils.APPLICATION_JSON_VALUE),

	HTML(MimeTypeUtils.TEXT_HTML_VALUE);

	private final String type;

	TraceFormat(String type) {
		this.type = type;
	}

	@Override
	public MimeType getProducedMimeType() {
		return MimeType.valueOf(this.type);
	}

	@Override
	public boolean isDefault() {
		return this == JSON;
	}

	MimeType contentType() {
		return (this == JSON) ? getProducedMimeType() : new MimeType(getProducedMimeType(), StandardCharsets.UTF_8);
	}

	/**
	 * Returns the format of a response.
	 * @param name the requested name of a format, if any
	 * @param accepted the format that the request accepts
	 * @return the format
	 * @throws AdaptiveException if there is no format of this name
	 */
	static TraceFormat of(@Nullable String name, TraceFormat accepted) {
		if (name == null) {
			return accepted;
		}
		return Arrays.stream(values())
			.filter((format) -> format.toString().equalsIgnoreCase(name))
			.findFirst()
			.orElseThrow(() -> new AdaptiveException(ErrorCode.INVALID_ARGUMENT,
					"There is no format '%s'. There are: %s".formatted(name,
							Arrays.stream(values()).map(Enum::toString).collect(Collectors.joining(", ")))));
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}

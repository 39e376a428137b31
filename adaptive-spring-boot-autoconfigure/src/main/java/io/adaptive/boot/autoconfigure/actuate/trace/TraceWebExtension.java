package io.adaptive.boot.autoconfigure.actuate.trace;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.trace.MessageTrace;
import io.adaptive.trace.MessageTracing;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.util.MimeTypeUtils;

/**
 * The HTTP extension of {@link TraceEndpoint}: formats, the page, and error messages.
 */
@EndpointWebExtension(endpoint = TraceEndpoint.class)
final class TraceWebExtension {

	private final TraceEndpoint endpoint;

	private final MessageTracing tracing;

	private final TracePage page;

	TraceWebExtension(TraceEndpoint endpoint, MessageTracing tracing, TracePage page) {
		this.endpoint = endpoint;
		this.tracing = tracing;
		this.page = page;
	}

	/**
	 * Reads traces without removing them, or returns the page and its files. The files
	 * have paths beside the traces, so that the page finds them at any path of the
	 * endpoint.
	 * @param token the token of one, some or all traces, or a file of the page
	 * @param format the name of a format, by default one that the request accepts
	 * @param accepted the format that the request accepts
	 * @return the traces, or the page, which reads them
	 */
	@ReadOperation(producesFrom = TraceFormat.class)
	WebEndpointResponse<?> read(@Selector String token, @Nullable String format, TraceFormat accepted) {
		if (this.page.hasFile(token)) {
			return this.page.file(token);
		}
		return answer(() -> {
			TraceFormat chosen = TraceFormat.of(format, accepted);
			return (chosen == TraceFormat.HTML) ? this.page.file(TracePage.START) : read(token, chosen);
		});
	}

	private WebEndpointResponse<?> read(String token, TraceFormat format) {
		TraceExcerpt traces = TraceExcerpt.of(this.tracing.read(token, true));
		checkFound(token, traces.shown());
		return switch (format) {
			case TEXT -> text(format, "", traces, MessageTrace::toText);
			case PLANTUML -> text(format, "' ", traces, MessageTrace::toPlantUml);
			case MERMAID -> text(format, "%% ", traces, MessageTrace::toMermaid);
			case JSON, HTML -> new WebEndpointResponse<>(Traces.of(token, traces), TraceFormat.JSON.contentType());
		};
	}

	private static WebEndpointResponse<String> text(TraceFormat format, String comment, TraceExcerpt traces,
			Function<MessageTrace, String> rendering) {
		String leftOut = (traces.leftOut() > 0)
				? "\n%s%s more traces were left out, read them by their tokens\n".formatted(comment, traces.leftOut())
				: "";
		return new WebEndpointResponse<>(
				traces.shown().stream().map(rendering).collect(Collectors.joining("\n", "", leftOut)),
				format.contentType());
	}

	private static void checkFound(String token, List<?> traces) {
		if (traces.isEmpty() && !token.equals("all")) {
			throw new AdaptiveException(ErrorCode.NOT_FOUND, "There are no records of " + token);
		}
	}

	/**
	 * Reads and removes traces. Not a {@code GET}, because any web page can make a
	 * browser send one.
	 * @param token the token of one, some or all traces
	 * @return the removed traces
	 */
	@DeleteOperation
	WebEndpointResponse<?> clear(@Selector String token) {
		return answer(() -> {
			Traces cleared = this.endpoint.clear(token);
			checkFound(token, cleared.traces());
			return new WebEndpointResponse<>(cleared);
		});
	}

	@WriteOperation
	WebEndpointResponse<?> mark(String type, @Nullable Integer count, @Nullable String filters,
			@Nullable String program) {
		return answer(() -> new WebEndpointResponse<>(this.endpoint.mark(type, count, filters, program)));
	}

	@DeleteOperation
	WebEndpointResponse<?> unmark(@Nullable String type, @Nullable String program) {
		return answer(() -> new WebEndpointResponse<>(this.endpoint.unmark(type, program)));
	}

	private static WebEndpointResponse<?> answer(Supplier<WebEndpointResponse<?>> operation) {
		try {
			return operation.get();
		}
		catch (AdaptiveException ex) {
			// The error of another program is returned unchanged.
			ErrorInfo error = ErrorInfo.of(ex, "");
			return new WebEndpointResponse<>(new Problem(error.code(), error.message()), status(error.code()),
					MimeTypeUtils.APPLICATION_JSON);
		}
	}

	private static int status(ErrorCode code) {
		return switch (code) {
			case INVALID_ARGUMENT -> WebEndpointResponse.STATUS_BAD_REQUEST;
			case PERMISSION_DENIED -> 403;
			case NOT_FOUND -> WebEndpointResponse.STATUS_NOT_FOUND;
			case INTERNAL -> WebEndpointResponse.STATUS_INTERNAL_SERVER_ERROR;
			default -> WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE;
		};
	}

	/**
	 * The problem of a request.
	 *
	 * @param code the error code
	 * @param message the problem and the valid form
	 */
	record Problem(ErrorCode code, String message) implements OperationResponseBody {
	}

}

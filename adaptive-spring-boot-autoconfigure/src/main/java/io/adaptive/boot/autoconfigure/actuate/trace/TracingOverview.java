package io.adaptive.boot.autoconfigure.actuate.trace;

import java.util.List;

import io.adaptive.status.TracingStatistics;
import io.adaptive.trace.MarkedMessages;
import io.adaptive.trace.TraceableMessage;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the endpoint tells when it is not asked for a trace.
 *
 * @param marks marks of this program that still wait for messages
 * @param types what can be marked here
 * @param programs whose messages can be marked from here
 * @param statistics numbers of this program
 */
record TracingOverview(List<MarkedMessages> marks, List<TraceableMessage> types, List<String> programs,
		TracingStatistics statistics) implements OperationResponseBody {
}

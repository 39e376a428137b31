package io.adaptive.boot.autoconfigure.actuate.trace;

import java.util.List;

import io.adaptive.status.TracingStatistics;
import io.adaptive.trace.MarkedMessages;
import io.adaptive.trace.TraceableMessage;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The response of the endpoint without a token.
 * 
 * @param marks the marks of this program that have messages remaining
 * @param types the types that can be marked in this program
 * @param programs the programs whose messages can be marked from here
 * @param statistics the tracing statistics of this program
 */
record TracingOverview(List<MarkedMessages> marks, List<TraceableMessage> types, List<String> programs,
		TracingStatistics statistics) implements OperationResponseBody {
}

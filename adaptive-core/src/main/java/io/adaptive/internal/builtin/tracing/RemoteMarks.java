package io.adaptive.internal.builtin.tracing;

import java.time.Duration;
import java.util.List;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.ServiceInstance;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.trace.MarkedMessages;
import io.adaptive.trace.MessageMarks;
import io.adaptive.trace.TraceableMessage;

/**
 * Marks of another program.
 *
 * @param client connects to it
 * @param program its messageTracing service
 */
record RemoteMarks(AdaptiveClient client, ServiceInstance program) implements MessageMarks {

	private static final CallSettings ANSWER = CallSettings.DEFAULT.timeout(Duration.ofSeconds(5));

	private <T> T ask(Object request, Class<T> answer) {
		try (Connection connection = this.client.connect(this.program)) {
			return connection.sendRecv(request, answer, ANSWER);
		}
	}

	@Override
	public MarkedMessages mark(String typeName, int count, List<String> filters) {
		return ask(new ChangeMarks.Mark(typeName, count, filters), MarkedMessages.class);
	}

	@Override
	public boolean unmark(String typeName) {
		return ask(new ChangeMarks.Unmark(typeName), ChangeMarks.Unmarked.class).found();
	}

	@Override
	public void unmarkAll() {
		ask(new ChangeMarks.Unmark(""), ChangeMarks.Unmarked.class);
	}

	@Override
	public List<MarkedMessages> marks() {
		return ask(new ChangeMarks.Query(""), ChangeMarks.Listing.class).marks();
	}

	@Override
	public List<TraceableMessage> traceable(String pattern) {
		return ask(new ChangeMarks.Query(pattern), ChangeMarks.Listing.class).types();
	}

}

package io.adaptive.gshell.group;

import java.io.IOException;

import io.adaptive.gshell.code.Reasons;
import io.adaptive.gshell.log.LogReader;
import io.adaptive.gshell.log.RotatingLog;
import io.adaptive.gshell.message.group.LogChunk;
import io.adaptive.gshell.message.group.ReadLog;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.stream.ContextStream;

/**
 * Sends a log on a stream, no faster than the other end takes it, and ends the stream.
 */
final class LogStreaming {

	private LogStreaming() {
	}

	/**
	 * Begins to send a log, on a thread of its own.
	 * @throws AdaptiveException if the log cannot be read
	 */
	static void start(ReadLog request, RotatingLog log, ContextStream stream, Timers timers) {
		try {
			start(new LogReader(log, request.lines(), request.follow()), stream, timers);
		}
		catch (IOException ex) {
			throw unreadable(ex);
		}
	}

	/**
	 * Begins to send a log, on a thread of its own.
	 */
	static void start(LogReader reader, ContextStream stream, Timers timers) {
		stream.context().set((Detachable) reader::close);
		if (stream.isCancelled()) {
			reader.close();
		}
		timers.execute(() -> send(reader, stream));
	}

	private static void send(LogReader reader, ContextStream stream) {
		try (stream; reader) {
			for (byte[] bytes = reader.read(); bytes != null; bytes = reader.read()) {
				stream.send(new LogChunk(bytes, reader.position()));
			}
		}
		catch (IOException ex) {
			sendFailure(stream, ex);
		}
		catch (InterruptedException | AdaptiveException ex) {
			// The group ends, or the other end has gone.
		}
	}

	private static void sendFailure(ContextStream stream, IOException failure) {
		try (stream) {
			stream.send(unreadable(failure));
		}
		catch (AdaptiveException ex) {
			// The other end has gone.
		}
	}

	private static AdaptiveException unreadable(IOException ex) {
		return new AdaptiveException(ErrorCode.INTERNAL,
				"The log cannot be read: %s; look at the rights there".formatted(Reasons.of(ex)));
	}

}

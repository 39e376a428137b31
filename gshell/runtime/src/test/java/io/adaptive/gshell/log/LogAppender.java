package io.adaptive.gshell.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;

/**
 * Writes what is logged to a log, as the console of a group does.
 */
final class LogAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

	private final RotatingLog log;

	private final List<String> lines = new ArrayList<>();

	LogAppender(RotatingLog log) {
		this.log = log;
	}

	/**
	 * All lines, each with its end.
	 */
	List<String> lines() {
		return this.lines;
	}

	@Override
	protected void append(ILoggingEvent event) {
		String line = "%s %s\n".formatted(event.getLevel(), event.getFormattedMessage());
		this.lines.add(line);
		byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
		this.log.write(bytes, 0, bytes.length);
	}

}

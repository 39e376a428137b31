package io.adaptive.gshell.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.adaptive.gshell.command.DaemonRefusedException;
import io.adaptive.gshell.command.ExitStatus;
import io.adaptive.gshell.log.LogLimits;
import io.adaptive.gshell.log.LogReader;
import io.adaptive.gshell.log.RotatingLog;
import io.adaptive.gshell.state.WorkFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log of the daemon, in files that rotate. Its readers wait for new lines without
 * polling.
 */
final class DaemonLog extends AppenderBase<ILoggingEvent> {

	static final String NAME = "daemon.log";

	/** Of the module of groups, whose logs have the same lines. */
	private static final String PATTERN_FILE = "/gshell-log.properties";

	private final RotatingLog log;

	private final PatternLayout layout = new PatternLayout();

	private DaemonLog(RotatingLog log) {
		this.log = log;
	}

	static Path file(WorkFolder folder) {
		return folder.path().resolve(NAME);
	}

	/**
	 * Sends what is logged to a file.
	 * @throws DaemonRefusedException if the files cannot be looked at
	 */
	static DaemonLog open(WorkFolder folder) {
		try {
			DaemonLog appender = new DaemonLog(new RotatingLog(file(folder), LogLimits.DEFAULT));
			LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
			appender.setContext(context);
			appender.setName(NAME);
			appender.start();
			root(context).addAppender(appender);
			return appender;
		}
		catch (IOException ex) {
			throw new DaemonRefusedException(ExitStatus.FAILED,
					"The log %s cannot be opened: %s; look at the rights there".formatted(file(folder),
							ex.getMessage()));
		}
	}

	private static ch.qos.logback.classic.Logger root(LoggerContext context) {
		return context.getLogger(Logger.ROOT_LOGGER_NAME);
	}

	/**
	 * Reads the log, see {@link LogReader}.
	 */
	LogReader read(int lines, boolean follow) throws IOException {
		return new LogReader(this.log, lines, follow);
	}

	@Override
	public void start() {
		this.layout.setContext(getContext());
		this.layout.setPattern(pattern());
		this.layout.start();
		super.start();
	}

	private static String pattern() {
		Properties properties = new Properties();
		try (InputStream in = Objects.requireNonNull(RotatingLog.class.getResourceAsStream(PATTERN_FILE))) {
			properties.load(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return Objects.requireNonNull(properties.getProperty("gshell.log.pattern"));
	}

	@Override
	protected void append(ILoggingEvent event) {
		byte[] line = this.layout.doLayout(event).getBytes(StandardCharsets.UTF_8);
		this.log.write(line, 0, line.length);
	}

	/**
	 * Ends the log and those who read it; what is logged later goes nowhere.
	 */
	@Override
	public void stop() {
		root((LoggerContext) getContext()).detachAppender(this);
		super.stop();
		this.log.close();
	}

}

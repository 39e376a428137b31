package io.adaptive.gshell.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import io.adaptive.gshell.job.JobEnd.Cause;
import io.adaptive.gshell.weave.JobEnvironment;
import io.adaptive.gshell.weave.JobStopped;
import org.jspecify.annotations.Nullable;

/**
 * The environment of one job: hands what woven code asks for to the parts of the run.
 */
final class Environment implements JobEnvironment {

	private final StandardStreams streams;

	private final ShutdownHooks hooks;

	private final ChildProcesses children;

	private final OpenResources resources;

	private final JobThreads threads;

	private final EndSignal end;

	private final Map<String, String> ownProperties;

	private volatile Properties properties;

	private volatile @Nullable UncaughtExceptionHandler handler;

	Environment(StandardStreams streams, ShutdownHooks hooks, ChildProcesses children, OpenResources resources,
			JobThreads threads, EndSignal end, Map<String, String> ownProperties) {
		this.streams = streams;
		this.hooks = hooks;
		this.children = children;
		this.resources = resources;
		this.threads = threads;
		this.end = end;
		this.ownProperties = ownProperties;
		this.properties = startProperties(ownProperties);
	}

	private static Properties startProperties(Map<String, String> own) {
		Properties properties = (Properties) System.getProperties().clone();
		properties.putAll(own);
		return properties;
	}

	@Override
	public @Nullable InputStream in() {
		return this.streams.currentIn();
	}

	@Override
	public void in(@Nullable InputStream in) {
		this.streams.currentIn(in);
	}

	@Override
	public @Nullable PrintStream out() {
		return this.streams.currentOut();
	}

	@Override
	public void out(@Nullable PrintStream out) {
		this.streams.currentOut(out);
	}

	@Override
	public @Nullable PrintStream err() {
		return this.streams.currentErr();
	}

	@Override
	public void err(@Nullable PrintStream err) {
		this.streams.currentErr(err);
	}

	@Override
	public Properties properties() {
		return this.properties;
	}

	@Override
	public void properties(@Nullable Properties properties) {
		this.properties = (properties != null) ? properties : startProperties(this.ownProperties);
	}

	@Override
	public JobStopped exit(int status) {
		if (this.hooks.contains(Thread.currentThread())) {
			return JobStopped.INSTANCE;
		}
		this.end.request(Cause.EXITED, status);
		return this.end.awaitRelease();
	}

	@Override
	public JobStopped halt(int status) {
		this.end.halt(status);
		return this.end.awaitRelease();
	}

	@Override
	public void addHook(Thread hook) {
		this.hooks.add(hook);
	}

	@Override
	public boolean removeHook(Thread hook) {
		return this.hooks.remove(hook);
	}

	@Override
	public Process start(ProcessBuilder builder) throws IOException {
		return this.children.start(builder);
	}

	@Override
	public List<Process> startPipeline(List<ProcessBuilder> builders) throws IOException {
		return this.children.startPipeline(builders);
	}

	@Override
	public @Nullable UncaughtExceptionHandler uncaughtExceptionHandler() {
		return this.handler;
	}

	@Override
	public void uncaughtExceptionHandler(@Nullable UncaughtExceptionHandler handler) {
		this.handler = handler;
	}

	@Override
	public void startChannelGroup() {
		SharedThreads.startChannelGroup();
	}

	@Override
	public void made(@Nullable Object resource) {
		if (resource instanceof Thread thread) {
			this.threads.made(thread);
		}
		else if (resource != null) {
			this.resources.made(resource);
		}
	}

	/**
	 * Forgets what is of the job's own classes.
	 */
	void clear() {
		this.streams.reset();
		this.hooks.clear();
		this.children.clear();
		this.resources.clear();
		this.threads.close();
		this.properties = new Properties();
		this.handler = null;
	}

}

package io.adaptive.internal.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.adaptive.internal.message.DaemonThreads;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;

/**
 * Resolves host names by the resolver of the system. That may block for long, so it has
 * threads of its own, which exist only while they are used.
 */
final class HostNames extends AddressResolverGroup<InetSocketAddress> {

	private static final int MAX_THREADS = 4;

	private static final int MAX_WAITING = 1000;

	private final Lookup lookup;

	private final ThreadPoolExecutor threads = new ThreadPoolExecutor(MAX_THREADS, MAX_THREADS, 1, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(MAX_WAITING), DaemonThreads.factory("adaptive-names"));

	HostNames() {
		this((name) -> List.of(InetAddress.getAllByName(name)));
	}

	HostNames(Lookup lookup) {
		this.lookup = lookup;
		this.threads.allowCoreThreadTimeOut(true);
	}

	@Override
	protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
		return new InetNameResolver(executor) {
			@Override
			protected void doResolve(String name, Promise<InetAddress> promise) {
				complete(promise, () -> HostNames.this.lookup.addresses(name).get(0));
			}

			@Override
			protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
				complete(promise, () -> HostNames.this.lookup.addresses(name));
			}
		}.asAddressResolver();
	}

	private <T> void complete(Promise<T> promise, Callable<T> work) {
		try {
			this.threads.execute(() -> {
				try {
					promise.trySuccess(work.call());
				}
				catch (UnknownHostException ex) {
					promise.tryFailure(new UnknownHostException("host name unknown: " + ex.getMessage()));
				}
				catch (Exception ex) {
					promise.tryFailure(ex);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			promise.tryFailure(new UnknownHostException("too many host names are being looked up, or none any more"));
		}
	}

	@Override
	public void close() {
		super.close();
		this.threads.shutdownNow();
	}

	/**
	 * Lookup of a host name.
	 */
	@FunctionalInterface
	interface Lookup {

		/**
		 * Returns the addresses of a host, at least one; may block.
		 */
		List<InetAddress> addresses(String name) throws UnknownHostException;

	}

}

package io.adaptive.internal.builtin.root;

import java.util.concurrent.Executor;

import io.adaptive.internal.registry.Position;
import io.adaptive.internal.registry.Registry;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.StreamContext;

/**
 * Watches of the root registry, one for a stream at most. Thread-safe.
 */
final class Watches {

	/** Limit of the watches of all streams. */
	static final int MAX = 50_000;

	private final Registry registry;

	private final Executor sender;

	/**
	 * Creates the watches.
	 * @param registry the registry
	 * @param sender sends updates; gets each watch once at a time
	 */
	Watches(Registry registry, Executor sender) {
		this.registry = registry;
		this.sender = sender;
	}

	/**
	 * Makes the end of a watch for a stream that has requested one.
	 */
	WatchStream open(ContextStream stream) {
		return new WatchStream(stream, this.sender);
	}

	/**
	 * Begins a watch.
	 * @throws AdaptiveException if there are too many, or the stream has one
	 */
	void begin(WatchServices request, Registrant from, WatchStream watcher, StreamContext context) {
		if (this.registry.size().watchers() >= MAX) {
			throw new AdaptiveException(ErrorCode.RESOURCE_EXHAUSTED,
					"The root registry has %s watchers; query it, or run another one".formatted(MAX));
		}
		synchronized (context) {
			if (context.get(Watching.class) != null) {
				throw new AdaptiveException(ErrorCode.FAILED_PRECONDITION, "This stream has a watch; open another one");
			}
			from.beginWatch();
			context.put(Watching.class, new Watching(from, watcher));
		}
		watcher.begin(this.registry.watch(RegistryForms.pattern(request.publisher(), request.name()),
				new Position(request.incarnation(), request.revision()), watcher::ready));
	}

	/**
	 * Ends the watch of a stream that is closed, if it has one.
	 */
	static void streamClosed(StreamContext stream) {
		Watching watching = stream.get(Watching.class);
		if (watching != null) {
			watching.registrant.endWatch();
			watching.stream.close();
		}
	}

	private record Watching(Registrant registrant, WatchStream stream) {

	}

}

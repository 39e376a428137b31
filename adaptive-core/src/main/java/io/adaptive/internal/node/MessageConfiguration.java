package io.adaptive.internal.node;

import java.util.List;

import io.adaptive.internal.wire.RegisteredTypes;
import io.adaptive.message.CallerContext;
import io.adaptive.settings.LinkSettings;
import io.adaptive.spi.DialInterceptor;
import io.adaptive.stream.MessageObserver;

/**
 * How messages of a node are encoded, carried and watched.
 *
 * @param links the limits of links
 * @param nativeSockets whether the sockets are those of the operating system's own
 * transport where there is one
 * @param codec the name of the preferred codec
 * @param registeredTypes the types that may stand where a message declares an open type
 * @param copyInProcess whether messages are copied in PROCESS scope
 * @param callerContext what the threads of callers carry to handlers of this process
 * @param observers watch the messages
 * @param dialInterceptor stands before each link that is opened
 */
public record MessageConfiguration(LinkSettings links, boolean nativeSockets, String codec,
		RegisteredTypes registeredTypes, boolean copyInProcess, CallerContext callerContext,
		List<MessageObserver> observers, DialInterceptor dialInterceptor) {

	/**
	 * Copies the observers.
	 */
	public MessageConfiguration {
		observers = List.copyOf(observers);
	}

}

package io.adaptive.internal.node;

import java.util.List;

import io.adaptive.internal.wire.RegisteredTypes;
import io.adaptive.message.CallerContext;
import io.adaptive.settings.LinkSettings;
import io.adaptive.spi.DialInterceptor;
import io.adaptive.stream.MessageObserver;

/**
 * Configuration of encoding, transport and observation of the messages of a node.
 *
 * @param links the limits of links
 * @param nativeSockets whether the native transport of the operating system is used where
 * there is one
 * @param codec the name of the preferred codec
 * @param registeredTypes the types that are allowed where a message declares an open type
 * @param maxDepth the limit of the levels of nesting of a message
 * @param copyInProcess whether messages are copied in PROCESS scope
 * @param callerContext the context that is carried from the threads of callers to
 * handlers of this process
 * @param observers the observers of the messages
 * @param dialInterceptor intercepts the opening of each link
 */
public record MessageConfiguration(LinkSettings links, boolean nativeSockets, String codec,
		RegisteredTypes registeredTypes, int maxDepth, boolean copyInProcess, CallerContext callerContext,
		List<MessageObserver> observers, DialInterceptor dialInterceptor) {

	/**
	 * Copies the observers.
	 */
	public MessageConfiguration {
		observers = List.copyOf(observers);
	}

}

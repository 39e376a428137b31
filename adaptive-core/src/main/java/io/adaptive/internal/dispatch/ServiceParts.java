package io.adaptive.internal.dispatch;

import java.util.concurrent.Executor;

import io.adaptive.message.ServiceName;

/**
 * Parts of a service that its messages use while they are handled.
 *
 * @param service the service
 * @param hooks its hooks
 * @param failures logs failed handlers
 * @param interruptible the running handlers that may be interrupted
 * @param inFlight counts the messages
 * @param callbacks executor that continues and cancels asynchronous results of handlers;
 * uses none of the workers, all of which may wait for such a result
 */
record ServiceParts(ServiceName service, HookRunner hooks, FailureLog failures, InterruptibleHandlers interruptible,
		InFlight inFlight, Executor callbacks) {
}

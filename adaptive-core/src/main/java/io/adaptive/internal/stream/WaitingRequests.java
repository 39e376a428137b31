package io.adaptive.internal.stream;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.adaptive.internal.wire.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one peer for messages that wait for credit, one for the first message
 * of each stream. Calls and one-way messages do not wait for each other. Guarded by the
 * lock of the budget.
 */
final class WaitingRequests {

	private static final Map<Integer, Request> NONE = Collections.emptyMap();

	/** Created with the first request, since most connections are idle. */
	private Map<Integer, Request> calls = NONE;

	private Map<Integer, Request> oneWay = NONE;

	/** Whether the next turn is that of one-way messages. */
	private boolean oneWayFirst;

	/**
	 * Adds a request, or replaces that of the same stream.
	 * @return {@code false} if the peer has too many requests
	 */
	boolean add(Request request) {
		remove(request.streamId);
		if (this.calls.size() + this.oneWay.size() >= Protocol.MAX_STREAMS) {
			return false;
		}
		makeMaps();
		(request.call ? this.calls : this.oneWay).put(request.streamId, request);
		return true;
	}

	private void makeMaps() {
		if (this.calls == NONE) {
			this.calls = new LinkedHashMap<>();
			this.oneWay = new LinkedHashMap<>();
		}
	}

	boolean isEmpty() {
		return this.calls.isEmpty() && this.oneWay.isEmpty();
	}

	/**
	 * Returns the first request of each kind, the kind with the next turn first.
	 */
	List<Request> first() {
		List<Request> first = new ArrayList<>(2);
		addFirst(first, this.oneWayFirst ? this.oneWay : this.calls);
		addFirst(first, this.oneWayFirst ? this.calls : this.oneWay);
		return first;
	}

	private static void addFirst(List<Request> list, Map<Integer, Request> requests) {
		Iterator<Request> all = requests.values().iterator();
		if (all.hasNext()) {
			list.add(all.next());
		}
	}

	/**
	 * Removes a granted request; the next turn is that of the other kind.
	 */
	void granted(Request request) {
		remove(request.streamId);
		this.oneWayFirst = request.call;
	}

	@Nullable Request find(int streamId) {
		Request call = this.calls.get(streamId);
		return (call != null) ? call : this.oneWay.get(streamId);
	}

	void remove(int streamId) {
		this.calls.remove(streamId);
		this.oneWay.remove(streamId);
	}

	void clear() {
		this.calls.clear();
		this.oneWay.clear();
	}

	/**
	 * A message of the peer that waits for credit.
	 *
	 * @param cost in bytes
	 * @param before number of messages sent before it on its stream; the highest bit is
	 * not used, and the count wraps around
	 */
	record Request(int streamId, int cost, boolean call, int before) {

		/**
		 * Returns whether no earlier message is on its way.
		 * @param arrived number of messages that have arrived on the stream
		 */
		boolean isNext(int arrived) {
			return (arrived - this.before) << 1 >= 0;
		}

	}

}

package io.adaptive.internal.stream;

import java.util.List;
import java.util.function.Consumer;

import io.adaptive.internal.stream.WaitingRequests.Request;
import io.adaptive.message.MessageType;
import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * The incoming half of a stream: the inbox, and the credit granted to the peer for taken
 * messages. Thread-safe.
 */
final class StreamInput {

	private final ConnectionState connection;

	private final int streamId;

	private final Inbox inbox;

	private final ReceivedCredit credit;

	/** Created with the first answer that arrives. */
	private volatile @Nullable ReceivedCredit answerRoom;

	private volatile boolean ended;

	/**
	 * Creates the incoming half of a stream.
	 * @param open whether the inbox takes messages from the start
	 */
	StreamInput(ConnectionState connection, int streamId, boolean open) {
		this.connection = connection;
		this.streamId = streamId;
		this.inbox = new Inbox(open);
		this.credit = connection.credit().newStreamReceiver();
	}

	private ReceiveWindow window() {
		return this.connection.credit().received();
	}

	void openConversation() {
		this.inbox.open();
	}

	/**
	 * Ends a conversation.
	 * @param over the end for receivers after the last conversation
	 * @return the messages that were not received
	 */
	List<InboxItem> closeConversation(Termination over) {
		return this.inbox.close(over);
	}

	/**
	 * Counts a message that arrived.
	 * @return whether the peer had credit for it
	 */
	boolean arrived(int size) {
		return this.credit.arrived(Limits.cost(size));
	}

	/**
	 * Counts a message out that no longer waits.
	 * @param workers number of messages that no longer wait for a worker: itself or none
	 */
	void taken(int size, int workers) {
		int cost = Limits.cost(size);
		int grant = this.credit.taken(cost);
		if (grant > 0 && !this.ended) {
			this.connection.sendIfPossible(new Envelope.Credit(this.streamId, grant));
		}
		window().taken(cost, workers);
	}

	/**
	 * Notes that a message no longer waits for a worker, but is not taken yet.
	 */
	void begun() {
		window().taken(0, 1);
	}

	/**
	 * Handles a request of the peer for a message on this stream that waits for credit.
	 */
	void requested(Request request) {
		window().requested(request, this.inbox.isAwaited() && request.isNext(this.credit.messages()));
		// Checked again: a receiver or an earlier message may have arrived since.
		passOnWait();
	}

	/**
	 * Grants credit for the message that a handler waits for, if no other is on its way.
	 */
	void passOnWait() {
		ReceiveWindow window = window();
		if (window.isRequesting() && this.inbox.isAwaited()) {
			window.awaited(this.streamId, this.credit.messages());
		}
	}

	/**
	 * Adds a message for which there is no handler.
	 * @return whether a conversation is open
	 */
	boolean deliver(InboxItem item) {
		Inbox.Added added = this.inbox.add(item);
		if (added == Inbox.Added.ENDED) {
			taken(item);
		}
		return added != Inbox.Added.NO_CONVERSATION;
	}

	/**
	 * Keeps an answer to a one-way message for {@code recv}. Called by one thread at a
	 * time, or within a process by many.
	 * @return {@code false} if the peer sends more than is kept
	 */
	boolean deliverAnswer(InboxItem item) {
		if (!answerRoom().arrived(Limits.cost(item.size()))) {
			return false;
		}
		if (this.inbox.add(item) != Inbox.Added.KEPT) {
			taken(item);
		}
		return true;
	}

	private ReceivedCredit answerRoom() {
		ReceivedCredit current = this.answerRoom;
		return (current != null) ? current : makeAnswerRoom();
	}

	private synchronized ReceivedCredit makeAnswerRoom() {
		ReceivedCredit made = (this.answerRoom != null) ? this.answerRoom
				: this.connection.credit().newAnswerReceiver();
		this.answerRoom = made;
		return made;
	}

	/**
	 * Counts an item out that no longer waits.
	 */
	private void taken(InboxItem item) {
		if (!item.isOneWayAnswer()) {
			taken(item.size(), 0);
			return;
		}
		int grant = answerRoom().taken(Limits.cost(item.size()));
		if (grant > 0 && !this.ended) {
			this.connection
				.sendIfPossible(new Envelope.Credit(this.streamId, grant, 0, Envelope.Credit.Purpose.ANSWERS_TAKEN));
		}
	}

	/**
	 * Begins to wait for the next message.
	 * @param refused called for a message that was put back after the conversation was
	 * over
	 */
	Operation<InboxItem> receive(MessageType<?> type, Consumer<InboxItem> refused) {
		// The waiter first: a grant lets the peer send on other streams, within a process
		// at once and on this thread.
		Inbox.Waiter waiter = this.inbox.take((item) -> item.check(type), this::taken, refused);
		if (!waiter.isDone()) {
			passOnWait();
		}
		return waiter;
	}

	/**
	 * Ends the inbox after the items that have arrived. These no longer count in the
	 * node's budget: they may never be received, and are dropped with the stream.
	 */
	void endInbox(Termination reason) {
		this.inbox.end(reason).forEach(this::taken);
		window().streamEnded(this.streamId);
	}

	/**
	 * Ends the stream; the peer gets no more credit.
	 */
	void end(Termination reason) {
		this.ended = true;
		endInbox(reason);
	}

	/**
	 * Drops the items, since there will be no receiver.
	 */
	void clear() {
		this.inbox.clear();
	}

}

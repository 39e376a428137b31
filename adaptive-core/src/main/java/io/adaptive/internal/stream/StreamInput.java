package io.adaptive.internal.stream;

import java.util.List;
import java.util.function.Consumer;

import io.adaptive.internal.stream.WaitingRequests.Request;
import io.adaptive.message.MessageType;
import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * The incoming half of a stream: the inbox, and the credit that the peer gets back for
 * what is taken. For any number of threads.
 */
final class StreamInput {

	private final ConnectionState connection;

	private final int streamId;

	private final Inbox inbox;

	private final ReceivedCredit credit;

	/** Made with the first answer that arrives. */
	private volatile @Nullable ReceivedCredit answerRoom;

	private volatile boolean ended;

	/**
	 * Makes the incoming half of a stream.
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
	 * @param over what is received once it was the last one
	 * @return the messages that nobody has received
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
	 * A message that arrived is no longer waiting.
	 * @param workers how many messages wait no longer for a worker: itself or none
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
	 * A message waits no longer for a worker, but is not taken yet.
	 */
	void begun() {
		window().taken(0, 1);
	}

	/**
	 * The peer has a message for this stream that waits for credit.
	 */
	void requested(Request request) {
		window().requested(request, this.inbox.isAwaited() && request.isNext(this.credit.messages()));
		// It may be waited for, or what was before it may have come, since it was looked
		// at.
		passOnWait();
	}

	/**
	 * Lets the peer send what a handler waits for, if nothing else is on its way.
	 */
	void passOnWait() {
		ReceiveWindow window = window();
		if (window.isRequesting() && this.inbox.isAwaited()) {
			window.awaited(this.streamId, this.credit.messages());
		}
	}

	/**
	 * Takes a message for which there is no handler.
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
	 * What arrived is no longer waiting.
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
	 * @param refused told of a message that was given back after the conversation was
	 * over
	 */
	Operation<InboxItem> receive(MessageType<?> type, Consumer<InboxItem> refused) {
		// The credit that this grants lets the peer send on other streams: within a
		// process it does so at once, on this thread.
		Inbox.Waiter waiter = this.inbox.take((item) -> item.check(type), this::taken, refused);
		if (!waiter.isDone()) {
			passOnWait();
		}
		return waiter;
	}

	/**
	 * Nothing more is received after what has arrived. What lies in the inbox takes no
	 * room of the node any more: it may never be received, and is forgotten with the
	 * stream.
	 */
	void endInbox(Termination reason) {
		this.inbox.end(reason).forEach(this::taken);
		window().streamEnded(this.streamId);
	}

	/**
	 * The stream has ended, and the peer is granted nothing more.
	 */
	void end(Termination reason) {
		this.ended = true;
		endInbox(reason);
	}

	/**
	 * Drops what waits, since nobody will ask for it.
	 */
	void clear() {
		this.inbox.clear();
	}

}

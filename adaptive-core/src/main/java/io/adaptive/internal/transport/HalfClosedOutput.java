package io.adaptive.internal.transport;

import java.util.ArrayDeque;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;

/**
 * Writes to a channel whose input has ended. Netty's epoll transport (4.2.17) forgets
 * such a channel as soon as nothing is to be read and nothing waits to be written, and
 * fails when it is to wait for room after that. Registered anew before each write, it
 * starts over. Event loop only.
 */
final class HalfClosedOutput {

	private final ChannelHandlerContext context;

	private final ArrayDeque<Write> waiting = new ArrayDeque<>(1);

	private boolean writing;

	HalfClosedOutput(ChannelHandlerContext context) {
		this.context = context;
	}

	/**
	 * Writes after what was written before.
	 */
	void write(ByteBuf bytes, ChannelPromise written) {
		this.waiting.add(new Write(bytes, written));
		if (!this.writing) {
			next();
		}
	}

	private void next() {
		Write first = this.waiting.poll();
		this.writing = first != null;
		if (first != null) {
			first.written.addListener((done) -> next());
			registerAnew(() -> this.context.writeAndFlush(first.bytes, first.written));
		}
	}

	private void registerAnew(Runnable then) {
		Channel channel = this.context.channel();
		EventLoop eventLoop = channel.eventLoop();
		if (!channel.isActive() || !channel.getClass().getName().startsWith("io.netty.channel.epoll.")) {
			then.run();
			return;
		}
		channel.deregister().addListener((gone) -> eventLoop.register(channel).addListener((registered) -> then.run()));
	}

	private record Write(ByteBuf bytes, ChannelPromise written) {
	}

}

package io.adaptive.internal.transport;

import java.util.ArrayDeque;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;

/**
 * Writes to a channel whose input has ended. Netty's epoll transport (4.2.17) drops such
 * a channel as soon as there is nothing to read and nothing to write, and later fails to
 * wait for it to become writable. The channel is therefore registered anew before each
 * write. Event loop only.
 */
final class HalfClosedOutput {

	private final ChannelHandlerContext context;

	private final ArrayDeque<Write> waiting = new ArrayDeque<>(1);

	private boolean writing;

	HalfClosedOutput(ChannelHandlerContext context) {
		this.context = context;
	}

	/**
	 * Writes after all earlier writes.
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

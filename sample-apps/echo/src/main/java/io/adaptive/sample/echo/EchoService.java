package io.adaptive.sample.echo;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.adaptive.message.AdaptiveException;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import io.adaptive.spring.OnStreamClose;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.StreamContext;
import org.springframework.context.annotation.Profile;

/**
 * Says what it is told, and tells everybody who has joined who else joins.
 */
@AdaptiveService(publisher = "example", name = "echo")
@Profile("!visitor")
class EchoService {

	private final Map<StreamContext, ContextStream> members = new ConcurrentHashMap<>();

	@MessageHandler
	Said echo(Say message) {
		return new Said(message.text());
	}

	/**
	 * The stream stays open after the handler has returned: that is a subscription.
	 */
	@MessageHandler
	void join(Join message, ContextStream stream) {
		this.members.put(stream.context(), stream);
		this.members.values().stream().filter((member) -> member != stream).forEach((member) -> tell(member, message));
	}

	private static void tell(ContextStream member, Join message) {
		try {
			member.send(new Joined(message.who()));
		}
		catch (AdaptiveException ex) {
			// The member has just gone, the hook below follows.
		}
	}

	@OnStreamClose
	void leave(StreamContext stream) {
		this.members.remove(stream);
	}

}

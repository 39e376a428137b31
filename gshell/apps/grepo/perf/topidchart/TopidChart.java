//DEPS io.adaptive:topidchart:0.1.0
//SOURCES /perf/topid/message/ChartMessages.java
package perf.topidchart;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.AdaptiveException;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.stream.Connection;
import perf.topid.message.ChartMessages;
import perf.topid.message.ChartMessages.PinSession;
import perf.topid.message.ChartMessages.SessionPinned;

/**
 * Starts the chart service of topid, with the options of the service. With
 * {@code -pin SESSION} or {@code -unpin SESSION} it starts none, and asks the one of the
 * network to keep a session in retention, or to keep it no longer. A session is named by
 * the address of its page, or by the tag and name in it.
 */
public final class TopidChart {

	/** In the artifact, which the build of the repository does not need. */
	private static final String SERVICE = "io.adaptive.topidchart.TopidChartApplication";

	private static final String USAGE = "usage: topidchart -pin|-unpin TAG/NAME, or the address of the page of a session";

	private static final Pattern SESSION = Pattern.compile("(?:https?://[^/]+/)?([^/?#]+)/([^/?#]+)(?:[?#].*)?");

	private static final Duration DISCOVER = Duration.ofSeconds(5);

	private TopidChart() {
	}

	/**
	 * Starts the service and returns, or sends one message. The status is 1 if the
	 * options are wrong, the service is not there, or it refuses.
	 * @param args the options
	 * @throws Throwable the reason why the service does not start
	 */
	public static void main(String[] args) throws Throwable {
		if (args.length > 0 && (args[0].equals("-pin") || args[0].equals("-unpin"))) {
			pin(args);
		}
		else {
			start(args);
		}
	}

	private static void start(String[] args) throws Throwable {
		try {
			Class.forName(SERVICE).getMethod("main", String[].class).invoke(null, (Object) args);
		}
		catch (ClassNotFoundException ex) {
			System.err.println("topidchart: the class " + SERVICE
					+ " is not there; run the app by gsh of the distribution, or add the jar topidchart");
			System.exit(1);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private static void pin(String[] args) {
		int status;
		try (AdaptiveNode node = AdaptiveNode.builder().build()) {
			status = run(args, node.newClient().discoverTimeout(DISCOVER).purpose("topidchart"), System.out,
					System.err);
		}
		if (status != 0) {
			System.exit(status);
		}
	}

	/**
	 * Sends one message.
	 * @param args the options
	 * @param client finds the service
	 * @param out takes the address of the page and what it is now
	 * @param err takes the reason of a failure
	 * @return the status of the program
	 */
	public static int run(String[] args, AdaptiveClient client, PrintStream out, PrintStream err) {
		boolean pin = args.length > 0 && args[0].equals("-pin");
		boolean unpin = args.length > 0 && args[0].equals("-unpin");
		Matcher session = SESSION.matcher((args.length > 1) ? args[1] : "");
		if (args.length != 2 || !(pin || unpin) || !session.matches()) {
			err.println(USAGE);
			return 1;
		}
		try (Connection connection = client.discover(ChartMessages.PUBLISHER, ChartMessages.SERVICE)) {
			SessionPinned answer = connection.sendRecv(new PinSession(session.group(1), session.group(2), pin),
					SessionPinned.class);
			out.println(answer.url() + (answer.pinned() ? " is pinned" : " is not pinned"));
			return 0;
		}
		catch (AdaptiveException ex) {
			err.println("topidchart: " + ex.getMessage());
			return 1;
		}
	}

}

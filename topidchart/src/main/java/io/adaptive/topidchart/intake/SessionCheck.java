package io.adaptive.topidchart.intake;

import java.util.Objects;
import java.util.regex.Pattern;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.topidchart.store.Machine;
import perf.topid.message.ChartMessages.OpenSession;
import perf.topid.message.ChartMessages.SystemInformation;

/**
 * Checks who opens a session. What a machine says of itself is cut off; what names the
 * session is refused.
 */
final class SessionCheck {

	private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

	private final LimitProperties limits;

	SessionCheck(LimitProperties limits) {
		this.limits = limits;
	}

	/**
	 * Checks tag and interval.
	 * @throws AdaptiveException if one of them is refused, with the limit
	 */
	void check(OpenSession request) {
		String tag = Objects.requireNonNullElse(request.tag(), "");
		if (tag.length() > this.limits.tagLength()) {
			throw refused("The tag has %s characters; topidchart.limits.tag-length is %s".formatted(tag.length(),
					this.limits.tagLength()));
		}
		if (!TAG.matcher(tag).matches()) {
			throw refused("A tag is made of letters, digits, dots, hyphens and underscores of ASCII, at least one, and "
					+ "begins with no dot");
		}
		int interval = request.intervalSeconds();
		if (interval < 1 || interval > this.limits.intervalSeconds()) {
			throw refused("The interval is %s s; it is 1 s to topidchart.limits.interval-seconds, %s s"
				.formatted(interval, this.limits.intervalSeconds()));
		}
	}

	static AdaptiveException refused(String message) {
		return new AdaptiveException(ErrorCode.INVALID_ARGUMENT, message);
	}

	/**
	 * Returns the machine, with texts of their lengths.
	 * @throws AdaptiveException if there are too many processors, with the limit
	 */
	Machine machine(OpenSession request) {
		SystemInformation system = Objects.requireNonNullElse(request.system(), new SystemInformation(1, "", "", ""));
		if (system.processors() < 1 || system.processors() > this.limits.processors()) {
			throw refused("The machine has %s processors; it may have 1 to topidchart.limits.processors, %s"
				.formatted(system.processors(), this.limits.processors()));
		}
		int length = this.limits.textLength();
		return new Machine(system.processors(), Texts.clipped(system.processor(), length),
				Texts.clipped(system.kernel(), length), Texts.clipped(system.limits(), length),
				Texts.clipped(request.extraInformation(), this.limits.informationLength()));
	}

}

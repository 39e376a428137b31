package io.adaptive.gshell.command;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Takes sizes such as {@code 512m} and {@code 1g}.
 */
final class MemorySize implements ITypeConverter<Long> {

	private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([kmg])b?");

	@Override
	public Long convert(String value) {
		Matcher matcher = SIZE.matcher(value.toLowerCase(Locale.ROOT));
		if (!matcher.matches()) {
			throw new TypeConversionException("'%s' is no size; write it like 512m or 1g".formatted(value));
		}
		int shift = switch (matcher.group(2)) {
			case "k" -> 10;
			case "m" -> 20;
			default -> 30;
		};
		return Long.parseLong(matcher.group(1)) << shift;
	}

}

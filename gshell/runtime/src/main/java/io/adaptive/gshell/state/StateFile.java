package io.adaptive.gshell.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

import io.adaptive.gshell.code.DurableFiles;
import io.adaptive.gshell.code.Reasons;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON object in a file. Fields that this version does not know are kept.
 */
final class StateFile {

	/** The format that this version writes, and the newest that it reads. */
	static final int FORMAT = 1;

	private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private final Path path;

	private ObjectNode last = MAPPER.createObjectNode();

	StateFile(Path path) {
		this.path = path;
	}

	/**
	 * Reads the file.
	 * @throws StateException if it cannot be read, is no JSON object or is of a newer
	 * format
	 */
	synchronized ObjectNode read() {
		try {
			JsonNode node = MAPPER.readTree(Files.readAllBytes(this.path));
			int format = node.path("format").asInt(0);
			if (!(node instanceof ObjectNode object) || format < 1) {
				throw new StateException("%s is no state of gshell; move it away".formatted(this.path));
			}
			if (format > FORMAT) {
				throw new StateException(
						"%s has format %s, this version knows %s at most; use the version that wrote it, or a newer one"
							.formatted(this.path, format, FORMAT));
			}
			this.last = object;
			return object;
		}
		catch (IOException ex) {
			throw new StateException("%s cannot be read; look at the rights there".formatted(Reasons.of(ex)), ex);
		}
		catch (JacksonException ex) {
			throw new StateException("%s is no JSON: %s; move it away".formatted(this.path, ex.getOriginalMessage()),
					ex);
		}
	}

	/**
	 * Writes what was read last with some fields changed.
	 * @throws StateException if it cannot be written; then the file is as it was
	 */
	synchronized void write(Consumer<ObjectNode> fields) {
		ObjectNode next = MAPPER.createObjectNode();
		next.put("format", FORMAT);
		this.last.properties().forEach((field) -> next.set(field.getKey(), field.getValue()));
		next.put("format", FORMAT);
		fields.accept(next);
		try {
			DurableFiles.replace(this.path, MAPPER.writeValueAsBytes(next));
			this.last = next;
		}
		catch (IOException ex) {
			throw new StateException(
					"State cannot be written: %s; look at the space and the rights there".formatted(Reasons.of(ex)),
					ex);
		}
	}

}

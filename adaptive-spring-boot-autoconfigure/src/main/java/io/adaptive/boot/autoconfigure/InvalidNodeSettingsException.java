package io.adaptive.boot.autoconfigure;

/**
 * Thrown when the node cannot be configured by the properties of the application.
 */
class InvalidNodeSettingsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	InvalidNodeSettingsException(IllegalArgumentException cause) {
		super(cause.getMessage(), cause);
	}

}

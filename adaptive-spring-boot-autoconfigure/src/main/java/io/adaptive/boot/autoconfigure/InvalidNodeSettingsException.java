package io.adaptive.boot.autoconfigure;

/**
 * The properties of the application do not make a node.
 */
class InvalidNodeSettingsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	InvalidNodeSettingsException(IllegalArgumentException cause) {
		super(cause.getMessage(), cause);
	}

}
